#!/usr/bin/env bash
# One would guess that a library which formats money writes less than half a cent as $0.00. numeral writes -0.001 as `0$.00`: the symbol has
# made way for a minus that the rounded number doesn't have. Below a millionth, where JavaScript writes 8.93e-7, numeral adds an exponent
# of its own, and finds no number any more. So a small exchange rate is `$NaN`, and what is left of 0.3 - 0.1 - 0.2, a balance of nothing,
# is `N$aN`. What helps: to round before, or Intl.NumberFormat.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund numeral@2.0.6 > /dev/null

cat > try.cjs << 'JS'
const numeral = require('numeral')
const { format } = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' })
for (const amount of [-0.01, -0.001, 0.00000893, 0.000000893, 0.3 - 0.1 - 0.2]) {
  console.log(`${amount}: numeral ${numeral(amount).format('$0.00')}, Intl ${format(amount)}`)
}
JS
echo "numeral $(node -p 'require("numeral/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '-0.01: numeral -$0.01, Intl -$0.01
-0.001: numeral 0$.00, Intl -$0.00
0.00000893: numeral $0.00, Intl $0.00
8.93e-7: numeral $NaN, Intl $0.00
-2.7755575615628914e-17: numeral N$aN, Intl -$0.00' ]
