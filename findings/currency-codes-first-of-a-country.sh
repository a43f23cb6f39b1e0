#!/usr/bin/env bash
# One would guess that the first currency which currency-codes gives for a country is the one that people pay with there. Its
# list is that of ISO 4217, sorted by letters, in which units that stand for an index or a clearing have codes of their own. So
# Switzerland begins with the WIR euro, Mexico has two, and Chile and Uruguay begin with units of which there are no coins: one
# with four decimals, one with none. Names of countries are those of the standard, in capital letters or not: United States,
# United Kingdom, Netherlands and Russia have no currency at all, since the list has them as `UNITED STATES OF AMERICA (THE)`
# and so on. An empty list is no error. What helps: a table of one's own for the countries that one sells to, and `code()`,
# which takes the letters of a currency.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts currency-codes@2.2.0 > /dev/null

cat > try.cjs << 'JS'
const { code, country } = require('currency-codes')
for (const name of ['France', 'Switzerland', 'Chile', 'Uruguay', 'United States', 'United Kingdom', 'Netherlands']) {
  const [first, ...others] = country(name)
  if (!first) console.log(`${name}: none`)
  else console.log(`${name}: ${first.code}, ${first.currency}, ${first.digits} decimals${others.map((other) => `; ${other.code}`).join('')}`)
}
for (const name of ['United States of America (The)', 'Netherlands (The)']) {
  console.log(`${name}: ${country(name).map((each) => each.code).join('; ') || 'none'}`)
}
console.log(`code('CLP'): ${code('CLP').currency}, ${code('CLP').digits} decimals`)
JS
echo "currency-codes $(node -p "JSON.parse(fs.readFileSync('node_modules/currency-codes/package.json')).version")"
node try.cjs | tee seen
[ "$(cat seen)" = 'France: EUR, Euro, 2 decimals
Switzerland: CHE, WIR Euro, 2 decimals; CHF; CHW
Chile: CLF, Unidad de Fomento, 4 decimals; CLP
Uruguay: UYI, Uruguay Peso en Unidades Indexadas (UI), 0 decimals; UYU; UYW
United States: none
United Kingdom: none
Netherlands: none
United States of America (The): USD; USN
Netherlands (The): EUR
code('\''CLP'\''): Chilean Peso, 0 decimals' ]
