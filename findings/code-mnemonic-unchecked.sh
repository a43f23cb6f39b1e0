#!/usr/bin/env bash
# One would guess that a class for the phrase of a wallet refuses words that can't be one: a phrase has a checksum for that. Code's
# `MnemonicPhrase` counts the words, twelve or twenty-four, and takes any. A wrong word, a capital letter at the beginning, or an
# accent as keyboards write it (one character; the lists have two) makes the key of another wallet, which is empty, and nothing is said.
# What helps: `Mnemonic.toEntropy(phrase, words)` first, which looks at words and checksum, and `normalize('NFKD')` before it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @code-wallet/mnemonic@1.0.6 > /dev/null

cat > try.cjs << 'JS'
const { Mnemonic, MnemonicPhrase, MnemonicLanguage, getWords } = require('@code-wallet/mnemonic')
const keyOf = (phrase) => new MnemonicPhrase(phrase).toKeypair().getPublicKey().toBase58().slice(0, 6)
function show(what, phrase, words) {
  let checked = 'right'
  try {
    Mnemonic.toEntropy(phrase, words)
  } catch (error) {
    checked = error.message
  }
  console.log(`${what}: key ${keyOf(phrase)}, toEntropy: ${checked}`)
}
const english = getWords(MnemonicLanguage.English)
const phrase = 'abandon '.repeat(11) + 'about' // the example of the specification
show('as it is', phrase, english)
show('a wrong word', phrase.replace('about', 'above'), english)
show('a capital', phrase.replace('abandon', 'Abandon'), english)
const spanish = getWords(MnemonicLanguage.Spanish)
const accented = Mnemonic.toMnemonic(Buffer.alloc(16), spanish) // eleven times ábaco
show('accents as in the list', accented, spanish)
show('accents as typed', accented.normalize('NFC'), spanish)
JS
seen=$(node try.cjs)
echo '@code-wallet/mnemonic 1.0.6'
echo "$seen"
[ "$seen" = 'as it is: key HAgk14, toEntropy: right
a wrong word: key 5eDb4S, toEntropy: Invalid mnemonic
a capital: key H6Ezwo, toEntropy: Invalid mnemonic
accents as in the list: key 8RjGV2, toEntropy: right
accents as typed: key 9m9FTZ, toEntropy: Invalid mnemonic' ]
