#!/usr/bin/env bash
# One would guess that a reader of product pages reads the values that a page gives to machines. HTML has elements for that: the
# `datetime` of <time> and the `value` of <data> and <meter> are what counts, and the text between is for people.
# web-auto-extractor takes the `content` and `href` of an element and else its text, so a product is released on "Nov 1", its
# number is "twelve pieces", and its rating has no value. Of a name with a bold word it puts the pieces together without the
# spaces between. Prices in `content` are right, so that the rest is trusted. microdata-node reads all of them as the standard
# says. What helps: the same facts as JSON-LD on pages that others read, or `content` on each of these elements, which both
# take.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts web-auto-extractor@1.0.17 microdata-node@2.0.0 > /dev/null

cat > try.cjs << 'JS'
const { toJson } = require('microdata-node')
const extractor = require('web-auto-extractor').default
const page = `<div itemscope itemtype="https://schema.org/Product">
  <h1 itemprop="name">Tea <b>Green</b> 5 g</h1>
  <data itemprop="sku" value="T-12">twelve pieces</data>
  <time itemprop="releaseDate" datetime="2026-11-01">Nov 1</time>
  <meter itemprop="ratingValue" value="4.5">4 to 5 stars</meter>
  <span itemprop="price" content="1234.50">1,234.50 €</span>
</div>`
const [{ properties }] = toJson(page).items
const [product] = extractor().parse(page).microdata.Product
for (const [name, [value]] of Object.entries(properties)) {
  console.log(`${name}: microdata-node ${value}, web-auto-extractor ${product[name]}`)
}
JS
for name in web-auto-extractor microdata-node; do echo "$name $(node -p "JSON.parse(fs.readFileSync('node_modules/$name/package.json')).version")"; done
node try.cjs | tee seen
[ "$(cat seen)" = 'name: microdata-node Tea Green 5 g, web-auto-extractor TeaGreen5 g
sku: microdata-node T-12, web-auto-extractor twelve pieces
releaseDate: microdata-node 2026-11-01, web-auto-extractor Nov 1
ratingValue: microdata-node 4.5, web-auto-extractor 4 to 5 stars
price: microdata-node 1234.50, web-auto-extractor 1234.50' ]
