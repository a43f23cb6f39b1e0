#!/usr/bin/env bash
# One would guess that INT means the same in two spreadsheets. In Excel and LibreOffice, and in the JavaScript library Formula.js, it is
# the next whole number below, so INT(-5.25) is -6. HyperFormula cuts the decimals off: -5. Its ROUND(1.005, 2) is 1, as 1.005 is a
# little less in binary, where the others have 1.01. And its TEXT knows few of the usual formats: 19% in the format 0% is "0%", and
# 1,234.50 in #,##0.00 is "1235,##0.00", without an error. What helps: FLOOR(x, 1) for INT, and to write numbers outside of the sheet.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hyperformula@3.5.0 @formulajs/formulajs@4.6.1 > /dev/null

cat > try.cjs << 'JS'
const formulas = require('@formulajs/formulajs')
const { HyperFormula } = require('hyperformula')
for (const [name, ...values] of [['INT', 5.25], ['INT', -5.25], ['ROUND', 1.005, 2], ['ROUND', 5.255, 2], ['FLOOR', -5.25, 1],
  ['TEXT', 5.25, '0.00'], ['TEXT', 0.19, '0%'], ['TEXT', 1234.5, '#,##0.00']]) {
  const formula = `${name}(${values.map((each) => JSON.stringify(each)).join(', ')})`
  const sheet = HyperFormula.buildFromArray([[`=${formula}`]], { licenseKey: 'gpl-v3' })
  const seen = [sheet.getCellValue({ sheet: 0, row: 0, col: 0 }), formulas[name](...values)]
  console.log(`${formula}: HyperFormula ${JSON.stringify(seen[0])}, Formula.js ${JSON.stringify(seen[1])}`)
}
JS
echo "HyperFormula $(node -p 'require("hyperformula").HyperFormula.version'), Formula.js 4.6.1"
node try.cjs | tee seen
[ "$(cat seen)" = 'INT(5.25): HyperFormula 5, Formula.js 5
INT(-5.25): HyperFormula -5, Formula.js -6
ROUND(1.005, 2): HyperFormula 1, Formula.js 1.01
ROUND(5.255, 2): HyperFormula 5.26, Formula.js 5.26
FLOOR(-5.25, 1): HyperFormula -6, Formula.js -6
TEXT(5.25, "0.00"): HyperFormula "5.25", Formula.js "5.25"
TEXT(0.19, "0%"): HyperFormula "0%", Formula.js "19%"
TEXT(1234.5, "#,##0.00"): HyperFormula "1235,##0.00", Formula.js "1,234.50"' ]
