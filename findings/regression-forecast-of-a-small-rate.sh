#!/usr/bin/env bash
# One would guess that a library for regressions computes with what it has found, and that its precision is one of what it shows.
# regression rounds the coefficients to two decimals, and takes the rounded ones for the forecast, the points and r2. A price that
# rises by 0.4 cents a day lies on a straight line: its slope is 0, in ten years it costs what it costs now, and r2, which is 1 for
# such a line, is -0.13. A rate of kin, 0.00000893 dollars, is 0 at all times, and a growth by 0.4 percent a day is none. The README
# speaks of significant figures of the output; they are decimals, and the default of 2 is in a table only. What helps:
# `{ precision: 12 }`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund regression@2.0.1 > /dev/null

cat > try.cjs << 'JS'
const regression = require('regression')
const days = [0, 1, 2, 3, 4]
for (const [what, way, points] of [
  ['a price', 'linear', days.map((day) => [day, 100 + day * 0.004])],
  ['a rate of kin', 'linear', days.map((day) => [day, 0.00000893 + day * 1e-8])],
  ['growth', 'exponential', days.map((day) => [day, 100 * 1.004 ** day])],
]) {
  const shown = [undefined, { precision: 12 }].map((options) => {
    const { equation, predict, r2 } = regression[way](points, options)
    return `[${equation.join(', ')}], ${predict(3650)[1]} in ten years, r2 ${r2}`
  })
  console.log(`${what}: ${shown.join('; with 12 decimals ')}`)
}
JS
echo "regression $(node -p 'require("regression/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'a price: [0, 100.01], 100.01 in ten years, r2 -0.13; with 12 decimals [0.004, 100], 114.6 in ten years, r2 1
a rate of kin: [0, 0], 0 in ten years, r2 -400512.5; with 12 decimals [1e-8, 0.00000893], 0.00004543 in ten years, r2 1
growth: [100, 0], 100 in ten years, r2 -1.99; with 12 decimals [100, 0.00399202127], 212839266.51112986 in ten years, r2 1' ]
