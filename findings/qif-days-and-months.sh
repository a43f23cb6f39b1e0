#!/usr/bin/env bash
# One would guess that a reader of dates which finds a month 13 refuses it, or sees that the day comes first. In QIF, the files of
# Quicken have the month first in the USA, 11/13'26; ofx2qif of Debian writes the day first, D13/11/2026, and qif2json reads the day
# first, unless it is told that a file is American. It counts on where the months end: of Quicken's file, November 1 is January 11,
# and November 13 January 11 of the next year. Told that a file is American, it does the same with those of ofx2qif. So two sales of a
# month are ten months before it and two after it, and nothing is reported. What helps: to look for a number above 12 before one
# chooses the format.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ofx=1:0.10.9-1 libofx7=1:0.10.9-1 libosp5=1.5.2-13+b2 libsigc++-2.0-0v5=2.12.0-1 libglibmm-2.4-1v5=2.66.5-2 \
  libxml++2.6-2v5=2.40.1-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu:usr/lib OFX_DTD_PATH=usr/share/libofx7/libofx/dtd/
npm install --silent --no-audit --no-fund qif2json@0.4.0 > /dev/null

cat > sales.ofx << 'OFX'
OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261130<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>1<ACCTID>123<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261130
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261101<TRNAMT>5.25<FITID>1<NAME>Ada</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261113<TRNAMT>7.50<FITID>2<NAME>Bob</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>12.75<DTASOF>20261130</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
OFX
printf '%s\n' '!Type:Bank' "D11/1'26" T5.25 PAda ^ "D11/13'26" T7.50 PBob ^ > quicken.qif
TZ=UTC usr/bin/ofx2qif sales.ofx 2> /dev/null | sed -n '/^!Type/,$p' > ofx2qif.qif
cat > try.cjs << 'JS'
const { readFileSync } = require('node:fs')
const { parse } = require('qif2json')
for (const name of ['ofx2qif', 'quicken']) {
  const text = readFileSync(`${name}.qif`, 'utf8')
  const written = text.match(/^D.*/gm).join(' and ')
  const read = [undefined, { dateFormat: 'us' }].map((options) => {
    return parse(text, options).transactions.map(({ date }) => date.slice(0, 10)).join(' and ')
  })
  console.log(`${name}: ${written}, read as ${read.join(', and as American ones ')}`)
}
JS
for package in ofx libofx7; do echo "$package $(dpkg-deb -f ${package}_*.deb Version)"; done
echo "qif2json $(node -p 'require("qif2json/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = "ofx2qif: D1/11/2026 and D13/11/2026, read as 2026-11-01 and 2026-11-13, and as American ones 2026-01-11 and 2027-01-11
quicken: D11/1'26 and D11/13'26, read as 2026-01-11 and 2027-01-11, and as American ones 2026-11-01 and 2026-11-13" ]
