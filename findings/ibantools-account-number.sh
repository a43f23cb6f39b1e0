#!/usr/bin/env bash
# One would guess that the account number which ibantools takes out of an IBAN is what a bank calls so, as it is for Germany and
# the Netherlands. It is cut out by a table with a row for each country, and the rows differ. A Belgian, Latvian, Kazakh or
# Romanian account number is the whole IBAN with its country and check digits, a Finnish one is the first letter, and accounts
# in Austria, Switzerland, the Czech Republic and the United Kingdom have none, even where there is a sort code. `valid` is true
# for all of them. So what works with the first buyers fills a file of refunds with longer, shorter and missing numbers later.
# What helps: the IBAN itself wherever it is taken, or a look at each country that one pays to before its numbers are used.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ibantools@4.5.4 > /dev/null

cat > try.cjs << 'JS'
const { extractIBAN } = require('ibantools')
// Examples of the registry of IBANs
for (const iban of `DE89370400440532013000 NL91ABNA0417164300 BE68539007547034 LV80BANK0000435195001 KZ86125KZT5004100100
  RO49AAAA1B31007593840000 FI2112345600000785 AT611904300234573201 CH9300762011623852957 CZ6508000000192000145399
  GB29NWBK60161331926819`.split(/\s+/)) {
  const { valid, bankIdentifier, branchIdentifier, accountNumber } = extractIBAN(iban)
  console.log(`${iban} (${valid}): bank ${bankIdentifier}, branch ${branchIdentifier ?? 'none'}, account ${JSON.stringify(accountNumber) ?? 'none'}`)
}
JS
echo "ibantools $(node -p "JSON.parse(fs.readFileSync('node_modules/ibantools/package.json')).version")"
node try.cjs | tee seen
[ "$(cat seen)" = 'DE89370400440532013000 (true): bank 37040044, branch none, account "0532013000"
NL91ABNA0417164300 (true): bank ABNA, branch none, account "0417164300"
BE68539007547034 (true): bank 539, branch none, account "BE68539007547034"
LV80BANK0000435195001 (true): bank BANK, branch none, account "LV80BANK0000435195001"
KZ86125KZT5004100100 (true): bank 125, branch none, account "KZ86125KZT5004100100"
RO49AAAA1B31007593840000 (true): bank AAAA, branch none, account "RO49AAAA1B31007593840000"
FI2112345600000785 (true): bank 123, branch none, account "F"
AT611904300234573201 (true): bank 19043, branch none, account none
CH9300762011623852957 (true): bank 00762, branch none, account none
CZ6508000000192000145399 (true): bank 0800, branch none, account none
GB29NWBK60161331926819 (true): bank NWBK, branch 601613, account none' ]
