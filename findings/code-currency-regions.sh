#!/usr/bin/env bash
# One would guess that a function which gives a currency's region, for its flag and its way of writing numbers, is right for every
# currency that it knows, or says nothing. In Code's own package, both CFA francs, the money of fourteen countries of Africa,
# belong to Israel, as the shekel does: a price in Dakar has the flag of Israel. What helps: a table of one's own for these two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @code-wallet/currency@1.0.0 > /dev/null

cat > try.cjs << 'JS'
const { currencyCodeToRegion } = require('@code-wallet/currency')
for (const currency of ['xof', 'xaf', 'ils', 'xcd', 'xpf']) {
  const region = currencyCodeToRegion(currency)
  console.log(currency + ':', region, new Intl.DisplayNames('en', { type: 'region' }).of(region.toUpperCase()))
}
JS
seen=$(node try.cjs)
echo '@code-wallet/currency 1.0.0'
echo "$seen"
[ "$seen" = 'xof: il Israel
xaf: il Israel
ils: il Israel
xcd: ag Antigua & Barbuda
xpf: pf French Polynesia' ]
