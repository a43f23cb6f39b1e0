#!/usr/bin/env bash
# One would guess that `toHex` of web3-utils, which makes the bytes of a text for a memo or the data of a payment, treats all texts alike.
# A text of digits and the letters a to f, with at least one letter, is taken as what is hexadecimal already, although it has no 0x in
# front: tea is 0x746561, its three bytes, and cafe is 0xcafe, two bytes that are no text. fee isn't even whole bytes. The reader of the
# memo finds tea, coffee and 1234, and not cafe, fee, or an id like b0a7. What is hexadecimal in the examples of the documentation has
# its 0x. What helps: `utf8ToHex`, which is for texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund web3-utils@4.3.3 > /dev/null

cat > try.cjs << 'JS'
const { hexToUtf8, toHex, utf8ToHex } = require('web3-utils')
function read(hex) {
  try {
    return JSON.stringify(hexToUtf8(hex))
  } catch (error) {
    return `an error (${error.name})`
  }
}
for (const memo of ['tea', 'coffee', 'cafe', 'fee', 'decade', 'b0a7', '1234']) {
  console.log(`${memo}: toHex ${toHex(memo)}, read as ${read(toHex(memo))}; utf8ToHex ${utf8ToHex(memo)}`)
}
JS
echo 'web3-utils 4.3.3'
node try.cjs | tee seen
[ "$(cat seen)" = 'tea: toHex 0x746561, read as "tea"; utf8ToHex 0x746561
coffee: toHex 0x636f66666565, read as "coffee"; utf8ToHex 0x636f66666565
cafe: toHex 0xcafe, read as "��"; utf8ToHex 0x63616665
fee: toHex 0xfee, read as an error (Web3ValidatorError); utf8ToHex 0x666565
decade: toHex 0xdecade, read as "���"; utf8ToHex 0x646563616465
b0a7: toHex 0xb0a7, read as "��"; utf8ToHex 0x62306137
1234: toHex 0x31323334, read as "1234"; utf8ToHex 0x31323334' ]
