#!/usr/bin/env bash
# One would guess that a payment code either can always be paid or never. A Pix code, as Brazilian wallets scan it, ends with a checksum of four
# digits in hexadecimal. pix-payload writes it without the zeros in front, so one code of sixteen has three, and it depends on the
# amount which: a shop that can be paid 5.75 can't be paid 6. pix-utils refuses these codes. Where the name of the shop has an accent, the
# checksum is that of other bytes than the code has, so none is right; nor is one of paynowqr, which makes such codes for Singapore.
# qrcode-pix and pix-utils write all digits, and take the accents away. What helps: to parse each code once, or to use these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pix-payload@1.0.4 paynowqr@1.1.2 qrcode-pix@5.0.0 pix-utils@2.8.2 > /dev/null

cat > try.cjs << 'JS'
const PaynowQR = require('paynowqr')
const { payload } = require('pix-payload')
const { createStaticPix, hasError, parsePix } = require('pix-utils')
const { QrCodePix } = require('qrcode-pix')
const key = 'shop@example.org'
const makers = {
  'pix-payload': (amount, name) => payload({ key, name, city: 'Recife', amount, transactionId: '1' }),
  'qrcode-pix': (value, name) => QrCodePix({ version: '01', key, name, city: 'Recife', value, transactionId: '1' }).payload(),
  'pix-utils': (transactionAmount, merchantName) =>
    createStaticPix({ merchantName, merchantCity: 'Recife', pixKey: key, transactionAmount, txid: '1' }).toBRCode(),
  paynowqr: (amount, company) => new PaynowQR({ uen: '201403121W', amount, expiry: '20301231', company }).output(),
}

/** The checksum of EMVCo's codes, CRC-16/CCITT, of the bytes of everything in front of it. */
function checksum(text) {
  let rest = 0xffff
  for (const byte of Buffer.from(text)) {
    rest ^= byte << 8
    for (let bit = 0; bit < 8; bit++) rest = (rest & 0x8000 ? (rest << 1) ^ 0x1021 : rest << 1) & 0xffff
  }
  return rest.toString(16).toUpperCase().padStart(4, '0')
}
const isRight = (code) => checksum(code.slice(0, code.lastIndexOf('6304') + 4)) === code.slice(code.lastIndexOf('6304') + 4)
const amounts = Array.from({ length: 400 }, (_, at) => (at + 1) / 4)
for (const [library, make] of Object.entries(makers)) {
  const right = (name) => amounts.filter((amount) => isRight(make(amount, name))).length
  console.log(`${library}: of 400 amounts, ${right('Jose')} have the right checksum for Jose, ${right('José')} for José`)
}
const refused = amounts.filter((amount) => hasError(parsePix(makers['pix-payload'](amount, 'Jose'))))
console.log(`of those of pix-payload for Jose, pix-utils refuses ${refused.length}, the first at ${refused[0]}`)
JS
node -p '["pix-payload", "paynowqr", "qrcode-pix", "pix-utils"].map((name) => `${name} ${JSON.parse(require("fs").readFileSync(`node_modules/${name}/package.json`)).version}`).join(", ")'
node try.cjs | tee seen
[ "$(cat seen)" = 'pix-payload: of 400 amounts, 372 have the right checksum for Jose, 0 for José
qrcode-pix: of 400 amounts, 400 have the right checksum for Jose, 400 for José
pix-utils: of 400 amounts, 400 have the right checksum for Jose, 400 for José
paynowqr: of 400 amounts, 400 have the right checksum for Jose, 0 for José
of those of pix-payload for Jose, pix-utils refuses 28, the first at 6' ]
