#!/usr/bin/env bash
# One would guess that line breaks mean nothing in OFX, in which most fields end where the next tag begins. For ofx-data-extractor, a field
# of the old form, without an end tag, ends with its line. So a statement that a bank sends as one line, which is allowed, has no
# transactions in the summary of the library: no credit, no debit, no dates, and no error. The list of transactions does throw.
# ofx-js and node-ofx-parser read both. What helps: a line break in front of each `<`, before the text is read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ofx-data-extractor@1.5.0 ofx-js@1.1.1 > /dev/null

cat > try.cjs << 'JS'
const { Ofx } = require('ofx-data-extractor')
const ofxJs = require('ofx-js')
const head = ['OFXHEADER:100', 'DATA:OFXSGML', 'VERSION:102', 'SECURITY:NONE', 'ENCODING:USASCII', 'CHARSET:1252', 'COMPRESSION:NONE', 'OLDFILEUID:NONE', 'NEWFILEUID:NONE', '', '']
const sale = (amount, id) => ['<STMTTRN>', '<TRNTYPE>CREDIT', '<DTPOSTED>20261101', `<TRNAMT>${amount}`, `<FITID>${id}`, '<NAME>Ada', '</STMTTRN>']
const tags = [
  ...['<OFX>', '<BANKMSGSRSV1>', '<STMTTRNRS>', '<TRNUID>1', '<STATUS>', '<CODE>0', '<SEVERITY>INFO', '</STATUS>', '<STMTRS>', '<CURDEF>EUR'],
  ...['<BANKACCTFROM>', '<BANKID>10020030', '<ACCTID>1234567', '<ACCTTYPE>CHECKING', '</BANKACCTFROM>'],
  ...['<BANKTRANLIST>', '<DTSTART>20261101', '<DTEND>20261101', ...sale('0.25', 1), ...sale('0.50', 2), '</BANKTRANLIST>'],
  ...['<LEDGERBAL>', '<BALAMT>0.75', '<DTASOF>20261101', '</LEDGERBAL>', '</STMTRS>', '</STMTTRNRS>', '</BANKMSGSRSV1>', '</OFX>'],
]
async function run() {
  for (const [name, between] of [['lines', '\n'], ['one line', '']]) {
    const statement = head.join('\n') + tags.join(between)
    const { credit, amountOfCredits, dateStart } = new Ofx(statement).getTransactionsSummary()
    const { OFX } = await ofxJs.parse(statement)
    const amounts = OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.map(({ TRNAMT }) => TRNAMT)
    console.log(`${name}: ${amountOfCredits} credits, ${credit} in all, from ${dateStart || 'no day'}; ofx-js: ${amounts.join(' and ')}`)
  }
}
run()
JS
node -p '["ofx-data-extractor", "ofx-js"].map((name) => `${name} ${JSON.parse(require("fs").readFileSync(`node_modules/${name}/package.json`)).version}`).join(", ")'
node try.cjs | tee seen
[ "$(cat seen)" = 'lines: 2 credits, 0.75 in all, from 2026-11-01; ofx-js: 0.25 and 0.50
one line: 0 credits, 0 in all, from no day; ofx-js: 0.25 and 0.50' ]
