#!/usr/bin/env bash
# One would guess that a percentile lies between the two values beside it, by the formula that spreadsheets have. jStat does so up to
# the last but one: from there on, it gives the last but one itself. Of ten answers of which one took 900 ms, the 90th, 95th and 99th
# percentile are 48 ms, and only the 100th is 900; a spreadsheet says 133, 517 and 823. The more values there are, the fewer
# percentiles are wrong: of a hundred, those above the 98th. `jStat.quantiles` with the parameters of the same formula, 1 and 1, is
# right. What helps: that function.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jstat@1.9.6 @formulajs/formulajs@4.6.1 > /dev/null

cat > try.cjs << 'JS'
const { PERCENTILE } = require('@formulajs/formulajs')
const { jStat } = require('jstat')
const answersMs = [40, 41, 42, 43, 44, 45, 46, 47, 48, 900]
for (const part of [0.5, 0.85, 0.9, 0.95, 0.99, 1]) {
  const shown = [jStat.percentile(answersMs, part), jStat.quantiles(answersMs, [part], 1, 1)[0], PERCENTILE.INC(answersMs, part)]
    .map((value) => value.toFixed(2))
  console.log(`${part}: jStat.percentile ${shown[0]}, jStat.quantiles ${shown[1]}, PERCENTILE.INC of a spreadsheet ${shown[2]}`)
}
JS
for name in jstat @formulajs/formulajs; do echo "$name $(node -p "require('./node_modules/$name/package.json').version")"; done
node try.cjs | tee seen
[ "$(cat seen)" = '0.5: jStat.percentile 44.50, jStat.quantiles 44.50, PERCENTILE.INC of a spreadsheet 44.50
0.85: jStat.percentile 47.65, jStat.quantiles 47.65, PERCENTILE.INC of a spreadsheet 47.65
0.9: jStat.percentile 48.00, jStat.quantiles 133.20, PERCENTILE.INC of a spreadsheet 133.20
0.95: jStat.percentile 48.00, jStat.quantiles 516.60, PERCENTILE.INC of a spreadsheet 516.60
0.99: jStat.percentile 48.00, jStat.quantiles 823.32, PERCENTILE.INC of a spreadsheet 823.32
1: jStat.percentile 900.00, jStat.quantiles 900.00, PERCENTILE.INC of a spreadsheet 900.00' ]
