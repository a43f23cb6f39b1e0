#!/usr/bin/env bash
# One would guess that a statement names a payer wherever it can, and that a program which converts it keeps the name. In OFX, a
# payer is a NAME, or a PAYEE with a name, an address and a phone number, one of the two. libofx, which GnuCash, KMyMoney and
# others read with, takes the first kind. A payer of the second kind has no name in ofxdump, and in the QIF that ofx2qif writes,
# the line for it is missing. Amount, date, number and memo are there, and nothing is reported, so a payment is anonymous
# because its bank knew more about it. ofxparse and ofx-js have the name. What helps: the name in place of the whole PAYEE
# before libofx reads it, which one line of sed does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq ofx=1:0.10.9-1 libofx7=1:0.10.9-1 libosp5=1.5.2-13+b2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib:usr/lib/x86_64-linux-gnu OFX_DTD_PATH=$folder/usr/share/libofx7/libofx/dtd TZ=UTC LC_ALL=C
npm install --silent --no-audit --no-fund --ignore-scripts ofx-js@1.1.1 > /dev/null

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

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261130120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>1<ACCTID>123<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101120000<DTEND>20261130120000
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261102120000<TRNAMT>5.25<FITID>1<NAME>Tea House<MEMO>Order 1</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261103120000<TRNAMT>7.00<FITID>2
<PAYEE><NAME>Cup House<ADDR1>1 Main St<CITY>Springfield<STATE>OH<POSTALCODE>45501<PHONE>555-0100</PAYEE><MEMO>Order 2</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>12.25<DTASOF>20261130120000</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
OFX
sed 's|<PAYEE><NAME>\([^<]*\).*</PAYEE>|<NAME>\1|' statement.ofx > shorter.ofx
cat > try.cjs << 'JS'
require('ofx-js').parse(require('fs').readFileSync('statement.ofx', 'utf8')).then(({ OFX }) => {
  const payments = OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN
  console.log(`ofx-js: ${payments.map(({ NAME, PAYEE, MEMO }) => `${NAME ?? PAYEE.NAME}, ${MEMO}`).join('; ')}`)
})
JS
lines() { usr/bin/ofx2qif "$1" 2> /dev/null | sed -n '/^!Type/,$p' | grep '^[TPM]' | paste -sd ' '; }
echo 'libofx 0.10.9, ofx-js 1.1.1'
{
  echo "ofx2qif: $(lines statement.ofx)"
  echo "ofxdump: $(usr/bin/ofxdump statement.ofx 2> /dev/null | grep -c 'Name of payee') of 2 names"
  echo "ofx2qif, without addresses: $(lines shorter.ofx)"
  node try.cjs
} | tee seen
[ "$(cat seen)" = 'ofx2qif: T5.25 PTea House MOrder 1 T7.00 MOrder 2
ofxdump: 1 of 2 names
ofx2qif, without addresses: T5.25 PTea House MOrder 1 T7.00 PCup House MOrder 2
ofx-js: Tea House, Order 1; Cup House, Order 2' ]
