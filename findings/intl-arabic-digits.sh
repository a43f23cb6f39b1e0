#!/usr/bin/env bash
# One would guess that a page in one language has one kind of digits. `ar` is written with 0 to 9, and `ar-EG`, `ar-SA` and `ar-SD` with
# the digits of their countries. So where the texts are translated once for all who read Arabic, and prices are formatted by what
# the browser asks for, a reader in Cairo gets "3" in a sentence and "٣" in the price beside it. An extension of the tag makes
# them alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund intl-messageformat@12.1.5 > /dev/null
for version in 20.19.6 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > try.mjs << 'JS'
import { IntlMessageFormat } from 'intl-messageformat'
const text = (locale) => new IntlMessageFormat('{n, number}', locale).format({ n: 3 })
const price = (locale) => /\p{Nd}/u.exec(new Intl.NumberFormat(locale, { style: 'currency', currency: 'usd' }).format(3))[0]
console.log(`${process.version}: a text in ar ${text('ar')}`)
for (const locale of ['ar', 'ar-AE', 'ar-EG', 'ar-SA', 'ar-EG-u-nu-latn']) console.log(`a price in ${locale}: ${price(locale)}`)
JS
for version in 20.19.6 26.10.0; do "node$version/node_modules/node/bin/node" try.mjs; done | tee seen
expected='a price in ar: 3
a price in ar-AE: 3
a price in ar-EG: ٣
a price in ar-SA: ٣
a price in ar-EG-u-nu-latn: 3'
[ "$(cat seen)" = "v20.19.6: a text in ar 3
$expected
v26.10.0: a text in ar 3
$expected" ]
