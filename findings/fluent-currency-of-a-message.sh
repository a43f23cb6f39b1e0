#!/usr/bin/env bash
# One would guess that a function for numbers in a message takes a currency, or refuses it. `NUMBER($value, style:
# "currency", currency: "EUR")` in a message for Mozilla’s Fluent is valid, and shows 5.00: style and currency are left out,
# and the list of errors is empty, although the digits beside them work, and an unknown function is an error. So a price has
# no currency, and a tax of 7.5% is 0.1. These two belong to the program, and only the rest to translators. What helps: `new
# FluentNumber(5, { style: 'currency', currency: 'EUR' })` as the value, to which a message may still add digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @fluent/bundle@0.19.1 > /dev/null

cat > try.mjs << 'JS'
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle'
const bundle = new FluentBundle('en', { useIsolating: false })
bundle.addResource(new FluentResource(`
price = Costs { NUMBER($value, style: "currency", currency: "EUR", minimumFractionDigits: 2) }
tax = Tax of { NUMBER($value, style: "percent", maximumFractionDigits: 1) }
unknown = { MONEY($value) }
plain = Costs { $value }
digits = Costs { NUMBER($value, minimumFractionDigits: 3) }
`))
const show = (id, value) => {
  const errors = []
  const text = bundle.formatPattern(bundle.getMessage(id).value, { value }, errors)
  console.log(`${id}: ${text}, ${errors.map((error) => error.message).join() || 'no error'}`)
}
show('price', 5)
show('tax', 0.075)
show('unknown', 5)
const euros = new FluentNumber(5, { style: 'currency', currency: 'EUR' })
show('plain', euros)
show('price', euros)
show('digits', euros)
JS
echo "@fluent/bundle $(node -p 'JSON.parse(fs.readFileSync("node_modules/@fluent/bundle/package.json")).version')"
node try.mjs | tee seen
[ "$(cat seen)" = 'price: Costs 5.00, no error
tax: Tax of 0.1, no error
unknown: {MONEY()}, Unknown function: MONEY()
plain: Costs €5.00, no error
price: Costs €5.00, no error
digits: Costs €5.000, no error' ]
