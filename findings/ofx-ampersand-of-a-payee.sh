#!/usr/bin/env bash
# One would guess that a bank's statement names a payer as they are called, whatever reads it. OFX writes `&` as `&amp;`, in its old form
# and its XML form alike, and in the latter an apostrophe may be `&apos;`. ofx-js makes a `&` of the first, and leaves the second.
# ofx-data-extractor leaves both. node-ofx-parser escapes both again, twice: Smith & Sons are `Smith &amp;amp;amp; Sons`. Whoever looks for
# a buyer by name doesn't find them, and a payment that was imported with one library is a new one to another. What helps: a test with
# an ampersand, and to decode by oneself what the library leaves.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ofx-js@1.1.1 ofx-data-extractor@1.5.0 node-ofx-parser@0.5.1 > /dev/null

cat > try.cjs << 'JS'
const { Ofx } = require('ofx-data-extractor')
const ofxJs = require('ofx-js')
const parser = require('node-ofx-parser')
const field = (name, value) => `<${name}>${value}</${name}>\n`
const payer = (name, at) =>
  `<STMTTRN>\n${field('TRNTYPE', 'CREDIT')}${field('DTPOSTED', '20261101')}${field('TRNAMT', '0.25')}${field('FITID', at)}${field('NAME', name)}</STMTTRN>\n`
const names = ['Smith &amp; Sons', 'O&apos;Neill']
const statement = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX>\n<BANKMSGSRSV1>\n<STMTTRNRS>\n${field('TRNUID', 1)}<STATUS>\n${field('CODE', 0)}${field('SEVERITY', 'INFO')}</STATUS>
<STMTRS>\n${field('CURDEF', 'EUR')}<BANKACCTFROM>\n${field('BANKID', '10020030')}${field('ACCTID', '1234567')}${field('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>
<BANKTRANLIST>\n${field('DTSTART', '20261101')}${field('DTEND', '20261101')}${names.map(payer).join('')}</BANKTRANLIST>
<LEDGERBAL>\n${field('BALAMT', '0.50')}${field('DTASOF', '20261101')}</LEDGERBAL>\n</STMTRS>\n</STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n`
const listed = ({ OFX }) => OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN
const show = (library, sales) => console.log(`${library}: ${sales.map(({ NAME }) => NAME).join(', ')}`)
async function run() {
  console.log(`in the file: ${names.join(', ')}`)
  show('ofx-js', listed(await ofxJs.parse(statement)))
  show('ofx-data-extractor', new Ofx(statement).getBankTransferList())
  show('node-ofx-parser', listed(parser.parse(statement)))
}
run()
JS
node -p '["ofx-js", "ofx-data-extractor", "node-ofx-parser"].map((name) => `${name} ${JSON.parse(require("fs").readFileSync(`node_modules/${name}/package.json`)).version}`).join(", ")'
node try.cjs | tee seen
[ "$(cat seen)" = 'in the file: Smith &amp; Sons, O&apos;Neill
ofx-js: Smith & Sons, O&apos;Neill
ofx-data-extractor: Smith &amp; Sons, O&apos;Neill
node-ofx-parser: Smith &amp;amp;amp; Sons, O&amp;amp;apos;Neill' ]
