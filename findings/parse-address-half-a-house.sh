#!/usr/bin/env bash
# One would guess that a parser of American addresses puts all of an address into its parts, or says what is left over.
# parse-address says that it knows house numbers with a fraction. It reads them and leaves the fraction out: 12 1/2 Main St,
# which is a house of its own, is number 12, the one beside it. Number 12A is number 12 in a street called A Main. An address
# with a flat and a building ends behind the flat, without its city and ZIP code, and that of a soldier abroad (PSC and APO) is
# a street called PSC. What helps: to make a line of the parts again and compare it with what was typed, and to print what was
# typed on the parcel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts parse-address@1.1.2 > /dev/null

cat > try.cjs << 'JS'
const { parseLocation } = require('parse-address')
for (const address of ['12 Main St, Springfield, OH 45501', '12 1/2 Main St, Springfield, OH 45501', '12½ Main St, Springfield, OH 45501',
  '12A Main St, Springfield, OH 45501', '12 Main St, Apt 3, Springfield, OH 45501', '12 Main St, Apt 3, Bldg 2, Springfield, OH 45501',
  'PSC 1234 Box 12, APO, AE 09204']) {
  const parts = Object.entries(parseLocation(address)).map(([name, value]) => `${name} ${value}`)
  console.log(`${address}\n  ${parts.join(', ')}`)
}
JS
echo "parse-address $(node -p "JSON.parse(fs.readFileSync('node_modules/parse-address/package.json')).version")"
node try.cjs | tee seen
[ "$(cat seen)" = '12 Main St, Springfield, OH 45501
  number 12, street Main, type St, city Springfield, state OH, zip 45501
12 1/2 Main St, Springfield, OH 45501
  number 12, street Main, type St, city Springfield, state OH, zip 45501
12½ Main St, Springfield, OH 45501
  number 12, street Main, type St, city Springfield, state OH, zip 45501
12A Main St, Springfield, OH 45501
  number 12, street A Main, type St, city Springfield, state OH, zip 45501
12 Main St, Apt 3, Springfield, OH 45501
  number 12, street Main, type St, sec_unit_type Apt, sec_unit_num 3, city Springfield, state OH, zip 45501
12 Main St, Apt 3, Bldg 2, Springfield, OH 45501
  number 12, street Main, type St, sec_unit_type Apt, sec_unit_num 3
PSC 1234 Box 12, APO, AE 09204
  street PSC' ]
