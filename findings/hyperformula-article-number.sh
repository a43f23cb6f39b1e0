#!/usr/bin/env bash
# One would guess that a cell has the number that was put into it, and that a spreadsheet has fifteen digits, as Excel does.
# HyperFormula rounds each number to eleven digits when it is read, also where nothing was calculated. The article number of a bar code,
# which has thirteen digits, ends with zeros, so does a time in milliseconds, and an amount of ten billions loses its cents. A formula
# counts with all of them, so a cell can equal something else than it shows. What helps: texts for numbers that name something, and
# `smartRounding: false`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hyperformula@3.5.0 > /dev/null

cat > try.cjs << 'JS'
const { HyperFormula } = require('hyperformula')
const cells = [4006381333931, 1793491200123, 12345678901.25, '=A1=4006381333931', '=A1=4006381333900', '=A1&""', "'4006381333931"]
for (const options of [{}, { smartRounding: false }]) {
  const sheet = HyperFormula.buildFromArray([cells], { licenseKey: 'gpl-v3', ...options })
  console.log(`${JSON.stringify(options)}: ${JSON.stringify(sheet.getSheetValues(0)[0])}`)
}
JS
echo "HyperFormula $(node -p 'require("hyperformula").HyperFormula.version')"
node try.cjs | tee seen
[ "$(cat seen)" = '{}: [4006381333900,1793491200100,12345678901,true,false,"4006381333931","4006381333931"]
{"smartRounding":false}: [4006381333931,1793491200123,12345678901.25,true,false,"4006381333931","4006381333931"]' ]
