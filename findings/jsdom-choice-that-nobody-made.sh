#!/usr/bin/env bash
# One would guess that a form in jsdom sends what it does in a browser. Its FormData takes each option that is selected, and HTML only
# those that are not disabled. So the usual first entry of a list, "Choose a country", which is selected and disabled so that nobody
# can send it, is sent: the field is there and empty, or has the words of the entry. A browser leaves the field out, and a server that
# demands it, or has a default for it, does something else in the test than for a buyer. An option in a disabled group is sent, too.
# What helps: to give such an entry `value=""` and make the server treat empty and missing alike, or to test forms in a browser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsdom@29.1.1 node@22.23.3 > /dev/null

cat > try.mjs << 'JS'
import { JSDOM } from 'jsdom'
const lists = {
  'an entry that is selected': '<option selected>DE</option><option>FR</option>',
  'a disabled entry that is selected': '<option selected disabled>Choose a country</option><option>DE</option>',
  'an entry of a disabled group': '<optgroup label="Closed" disabled><option selected>DE</option></optgroup><option>FR</option>',
}
for (const [name, options] of Object.entries(lists)) {
  const { window } = new JSDOM(`<form><input name="product" value="tea"><select name="country">${options}</select></form>`)
  const form = new window.FormData(window.document.querySelector('form'))
  const { country = 'GB, the default' } = Object.fromEntries(form)
  console.log(`${name}: sent ${new URLSearchParams([...form])}; the server ships to ${country}`)
}
const { window } = new JSDOM('<form><fieldset disabled><input name="note" value="x"></fieldset></form>')
console.log(`a disabled group of fields: sends ${[...new window.FormData(window.document.querySelector('form'))].length} fields`)
JS
echo 'jsdom 29.1.1'
"$(npm root)/.bin/node" try.mjs | tee seen
[ "$(cat seen)" = 'an entry that is selected: sent product=tea&country=DE; the server ships to DE
a disabled entry that is selected: sent product=tea&country=Choose+a+country; the server ships to Choose a country
an entry of a disabled group: sent product=tea&country=DE; the server ships to DE
a disabled group of fields: sends 0 fields' ]
