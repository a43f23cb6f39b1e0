#!/usr/bin/env bash
# One would guess that libraries for payment links write and read amounts as these links have them. bip21 writes a number as JavaScript
# does: ten satoshi, 0.0000001, become `amount=1e-7`, where BIP 21 has only digits and a point. eth-url-parser reads exponents, which its
# links may have, and returns the amount as a text of digits. From a thousand tokens with 18 decimals on, even if the link has only
# digits, that text has an exponent itself, and BigInt() throws. A test with usual amounts shows neither. What helps: to give bip21 a
# text, `amount.toFixed(8)`, and to have BigNumber's toFixed() write the digits for BigInt.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund bip21@3.0.0 eth-url-parser@1.0.4 bignumber.js@9.3.1 > /dev/null

cat > try.mjs << 'JS'
import BigNumber from 'bignumber.js'
import { encode } from 'bip21'
import { parse } from 'eth-url-parser'
const address = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'
for (const amount of [0.25, 0.0000001, (0.0000001).toFixed(8)]) {
  console.log(`bip21, ${typeof amount}: ${encode(address, { amount }).split('?')[1]}`)
}
const token = '0x1234DEADBEEF5678ABCD1234DEADBEEF5678ABCD'
const toBigInt = (text) => {
  try {
    return BigInt(text)
  } catch ({ name }) {
    return name
  }
}
for (const amount of ['999e18', '1000e18', '1000000000000000000000']) {
  const { uint256 } = parse(`ethereum:${token}/transfer?address=${token}&uint256=${amount}`).parameters
  console.log(`eth-url-parser, ${amount}: ${uint256}, ${toBigInt(uint256)}, ${BigInt(new BigNumber(uint256).toFixed())}`)
}
JS
echo "bip21 3.0.0, eth-url-parser 1.0.4"
node try.mjs | tee seen
[ "$(cat seen)" = 'bip21, number: amount=0.25
bip21, number: amount=1e-7
bip21, string: amount=0.00000010
eth-url-parser, 999e18: 999000000000000000000, 999000000000000000000, 999000000000000000000
eth-url-parser, 1000e18: 1e+21, SyntaxError, 1000000000000000000000
eth-url-parser, 1000000000000000000000: 1e+21, SyntaxError, 1000000000000000000000' ]
