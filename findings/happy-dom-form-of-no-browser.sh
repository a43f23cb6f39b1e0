#!/usr/bin/env bash
# One would guess that a form which happy-dom sends is one that a browser could send. It sends what is in a disabled group of fields, a day
# that doesn't exist, an amount with a comma in a field for numbers, and a number beyond the end of its slider; a browser and jsdom
# leave the first one out, and send the others empty, or as the nearest value. And of the thousand prices up to 10.00, 990 are
# invalid to it in a field with `step="0.01"`, where a browser accepts them all. So a test of the form fails for 0.05 and passes
# for 31 February. What helps: to test forms in jsdom or a browser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund happy-dom@21.0.4 jsdom@29.1.1 node@22.23.3 > /dev/null

cat > try.mjs << 'JS'
import { Window } from 'happy-dom'
import { JSDOM } from 'jsdom'
const html = `<form>
  <input name="amount" type="number" step="0.01" value="5,25">
  <input name="day" type="date" value="2026-02-31">
  <input name="tip" type="range" min="0" max="10" value="50">
  <fieldset disabled><input name="coupon" value="OLD"></fieldset>
</form>`
const happy = new Window()
happy.document.write(html)
for (const [name, window] of Object.entries({ 'happy-dom': happy, jsdom: new JSDOM(html).window })) {
  const { document, FormData } = window
  const sent = [...new FormData(document.querySelector('form'))]
  console.log(`${name} sends ${sent.map(([field, value]) => `${field}=${value}`).join(' ')}`)
  const amount = document.querySelector('[name=amount]')
  const prices = Array.from({ length: 1000 }, (_, index) => ((index + 1) / 100).toFixed(2))
  const invalid = prices.filter((price) => {
    amount.value = price
    return !amount.checkValidity()
  })
  console.log(`${name}: ${invalid.length} of 1000 prices are invalid${invalid.length > 0 ? `, such as ${invalid.slice(0, 3).join(', ')}` : ''}`)
}
await happy.happyDOM.close()
JS
echo 'happy-dom 21.0.4, jsdom 29.1.1'
"$(npm root)/.bin/node" try.mjs | tee seen
[ "$(cat seen)" = 'happy-dom sends amount=5,25 day=2026-02-31 tip=50 coupon=OLD
happy-dom: 990 of 1000 prices are invalid, such as 0.03, 0.05, 0.06
jsdom sends amount= day= tip=10
jsdom: 0 of 1000 prices are invalid' ]
