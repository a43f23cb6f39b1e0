#!/usr/bin/env bash
# One would guess that a phrase turned into a number and back is the same phrase. Code's package writes the number in hexadecimal without
# the zeros in front: a phrase whose first word is among the first 128 of the list, one of sixteen, can't be made from its number
# again. Where the zeros are whole bytes, four of them, the way back gives a phrase of fewer words, and no error. What helps: to
# keep the phrase, or the entropy with its length.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @code-wallet/mnemonic@1.0.6 > /dev/null

cat > try.cjs << 'JS'
const { Mnemonic } = require('@code-wallet/mnemonic')
function goThereAndBack(beginning) {
  const entropy = Buffer.alloc(32, 0xab)
  entropy.set(beginning)
  const phrase = Mnemonic.toMnemonic(entropy)
  let back
  try {
    back = Mnemonic.fromWalletNumber(Mnemonic.toWalletNumber(phrase))
    back = back === phrase ? 'the same phrase' : `another phrase, of ${back.split(' ').length} words`
  } catch (error) {
    back = error.message
  }
  console.log(`${phrase.split(' ').slice(0, 2).join(' ')} …: ${back}`)
}
goThereAndBack([0x10])
goThereAndBack([0x0f])
goThereAndBack([0x00])
goThereAndBack([0, 0, 0, 0])
JS
seen=$(node try.cjs)
echo '@code-wallet/mnemonic 1.0.6'
echo "$seen"
[ "$seen" = 'awful front …: the same phrase
autumn front …: Invalid entropy
absent front …: Invalid entropy
abandon abandon …: another phrase, of 21 words' ]
