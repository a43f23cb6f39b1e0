#!/usr/bin/env bash
# One would guess that a parser of bank statements keeps the day on which a payment was booked. ofxparse converts a time that has a zone to
# UTC, and drops the zone: midnight of November 1 with [+1:CET] becomes 23:00 on October 31. A day without a zone stays as it is.
# So some payments of a statement move to the day before, and into another month, and others don't. Zones west of Greenwich keep their
# day, so a test with the statement of an American bank passes. ofx-data-extractor keeps the day as it is written. What helps: to take
# the first eight digits of DTPOSTED.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-ofxparse=0.21-2 python3-bs4=4.11.2-2 python3-soupsieve=2.3.2-1 python3-six=1.16.0-4 \
  python3-lxml=4.9.2-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund ofx-data-extractor@1.5.0 > /dev/null

cat > statement.ofx << 'OFX'
OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<BANKMSGSRSV1>
<STMTTRNRS>
<TRNUID>1
<STATUS>
<CODE>0
<SEVERITY>INFO
</STATUS>
<STMTRS>
<CURDEF>EUR
<BANKACCTFROM>
<BANKID>10020030
<ACCTID>1234567
<ACCTTYPE>CHECKING
</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>20261101
<DTEND>20261101
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20261101
<TRNAMT>0.25
<FITID>1
<NAME>Ada
</STMTTRN>
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20261101000000[+1:CET]
<TRNAMT>0.25
<FITID>2
<NAME>Bob
</STMTTRN>
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20261101000000[-5:EST]
<TRNAMT>0.25
<FITID>3
<NAME>Cy
</STMTTRN>
</BANKTRANLIST>
<LEDGERBAL>
<BALAMT>0.75
<DTASOF>20261101
</LEDGERBAL>
</STMTRS>
</STMTTRNRS>
</BANKMSGSRSV1>
</OFX>
OFX
cat > read.py << 'PY'
import ofxparse

with open("statement.ofx", "rb") as file:
    for sale in ofxparse.OfxParser.parse(file).account.statement.transactions:
        print(f"ofxparse, {sale.payee}: {sale.date}, zone {sale.date.tzinfo}")
PY
cat > read.cjs << 'JS'
const { Ofx } = require('ofx-data-extractor')
const statement = new Ofx(require('node:fs').readFileSync('statement.ofx', 'utf8'))
for (const { NAME, DTPOSTED } of statement.getBankTransferList()) console.log(`ofx-data-extractor, ${NAME}: ${DTPOSTED}`)
JS
echo "ofxparse 0.21, ofx-data-extractor $(node -p "JSON.parse(require('fs').readFileSync('node_modules/ofx-data-extractor/package.json')).version")"
{
  /usr/bin/python3 read.py
  node read.cjs
} | tee seen
[ "$(cat seen)" = 'ofxparse, Ada: 2026-11-01 00:00:00, zone None
ofxparse, Bob: 2026-10-31 23:00:00, zone None
ofxparse, Cy: 2026-11-01 05:00:00, zone None
ofx-data-extractor, Ada: 2026-11-01
ofx-data-extractor, Bob: 2026-11-01
ofx-data-extractor, Cy: 2026-11-01' ]
