#!/usr/bin/env bash
# One would guess that the last of two names is the last name. humanparser looks first whether it is one of nineteen degrees and
# numerals, whatever its case, and Ma, Md and V are among them: Jack Ma is Jack, M.A., without a last name. Md, in Bangladesh the
# usual short form of Mohammed, is a physician. A receipt is to nobody, and a list of buyers by last name begins with all of them.
# parse-full-name leaves Ma and V alone, and takes Md for a degree as well; there it's the first name that is gone. What helps:
# `parseName(name, { ignoreSuffix: ['ma', 'md', 'v'] })`, or to ask for one name and leave it as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund humanparser@2.7.0 parse-full-name@1.2.7 > /dev/null

cat > try.cjs << 'JS'
const { parseName } = require('humanparser')
const { parseFullName } = require('parse-full-name')
for (const name of ['Ada Lovelace', 'Jack Ma', 'Yo-Yo Ma', 'Ma Jian', 'Rahim Md', 'Anna V']) {
  const { firstName, lastName, suffix } = parseName(name)
  const other = parseFullName(name)
  console.log(`${name}: first ${firstName}, last ${lastName || 'none'}, suffix ${suffix ?? 'none'}`)
  console.log(`  parse-full-name: first ${other.first || 'none'}, last ${other.last || 'none'}, suffix ${other.suffix || 'none'}`)
}
JS
echo 'humanparser 2.7.0, parse-full-name 1.2.7'
node try.cjs | tee seen
[ "$(cat seen)" = 'Ada Lovelace: first Ada, last Lovelace, suffix none
  parse-full-name: first Ada, last Lovelace, suffix none
Jack Ma: first Jack, last none, suffix Ma
  parse-full-name: first Jack, last Ma, suffix none
Yo-Yo Ma: first Yo-Yo, last none, suffix Ma
  parse-full-name: first Yo-Yo, last Ma, suffix none
Ma Jian: first Ma, last Jian, suffix none
  parse-full-name: first Ma, last Jian, suffix none
Rahim Md: first Rahim, last none, suffix Md
  parse-full-name: first none, last Rahim, suffix Md
Anna V: first Anna, last none, suffix V
  parse-full-name: first Anna, last V, suffix none' ]
