#!/usr/bin/env bash
# One would guess that Intl.NumberFormat gives each currency the decimals of ISO 4217, as its documentation says, and that
# they stay the same within one line of Node. They come from Unicode's CLDR, which goes by daily use and differs for more than
# ten currencies. And they come with Node's copy of it: between 20.19.6 and 20.20.2, HUF 149.50 became HUF 150, and RSD 150
# became RSD 149.50. So `maximumFractionDigits` is no safe way to convert to minor units. What helps is a table of
# one's own, and `minimumFractionDigits` and `maximumFractionDigits` for whatever has to show the exact amount.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund currency-codes@2.2.0 > /dev/null
for version in 20.19.6 20.20.2; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > digits.cjs << 'JS'
const iso = require('currency-codes')
const show = (currency) => new Intl.NumberFormat('en', { style: 'currency', currency })
const digits = (currency) => show(currency).resolvedOptions().maximumFractionDigits
const listed = (currency) => `${currency} ${digits(currency)} (ISO 4217: ${iso.code(currency).digits})`
const amounts = ['HUF', 'RSD'].map((currency) => show(currency).format(149.5).replace('\u00a0', ' '))
console.log(`Node ${process.version}: ${['HUF', 'IDR', 'RSD', 'IQD'].map(listed).join(', ')}; ${amounts.join(', ')}`)
JS
seen=$(for version in 20.19.6 20.20.2; do "node$version/node_modules/node/bin/node" digits.cjs; done)
echo "$seen"
[ "$seen" = 'Node v20.19.6: HUF 2 (ISO 4217: 2), IDR 2 (ISO 4217: 2), RSD 0 (ISO 4217: 2), IQD 0 (ISO 4217: 3); HUF 149.50, RSD 150
Node v20.20.2: HUF 0 (ISO 4217: 2), IDR 0 (ISO 4217: 2), RSD 2 (ISO 4217: 2), IQD 0 (ISO 4217: 3); HUF 150, RSD 149.50' ]
