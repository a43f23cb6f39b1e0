#!/usr/bin/env bash
# One would guess that each row of a table becomes an object with the headings as its keys. csvtojson takes a dot in a heading for a
# path, so the price of a column "Price (excl. VAT)" is at `['Price (excl'][' VAT)']`, two columns 2025.Q4 and 2026.Q1 are objects in
# objects, and a column "1.5" (liters, for example) makes a list whose first five places are null. "No." with its dot at the end stays
# as it is. Of two columns `price` and `price.net`, one is lost. The README presents nested objects as a feature, without a word on
# headings that merely have a dot. What helps: `flatKeys: true`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund csvtojson@2.0.14 > /dev/null

cat > try.cjs << 'JS'
const csvtojson = require('csvtojson')
async function run() {
  for (const headings of ['No.,Price (excl. VAT)', '2025.Q4,2026.Q1', '1 l,1.5', 'price,price.net', 'price.net,price']) {
    const [read] = await csvtojson().fromString(`${headings}\n5.00,7.50`)
    const [flat] = await csvtojson({ flatKeys: true }).fromString(`${headings}\n5.00,7.50`)
    console.log(`${headings}: ${JSON.stringify(read)}, with flatKeys ${JSON.stringify(flat)}`)
  }
}
run()
JS
echo "csvtojson $(node -p 'require("csvtojson/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'No.,Price (excl. VAT): {"No.":"5.00","Price (excl":{" VAT)":"7.50"}}, with flatKeys {"No.":"5.00","Price (excl. VAT)":"7.50"}
2025.Q4,2026.Q1: {"2025":{"Q4":"5.00"},"2026":{"Q1":"7.50"}}, with flatKeys {"2025.Q4":"5.00","2026.Q1":"7.50"}
1 l,1.5: {"1":[null,null,null,null,null,"7.50"],"1 l":"5.00"}, with flatKeys {"1 l":"5.00","1.5":"7.50"}
price,price.net: {"price":{"net":"7.50"}}, with flatKeys {"price":"5.00","price.net":"7.50"}
price.net,price: {"price":"7.50"}, with flatKeys {"price.net":"5.00","price":"7.50"}' ]
