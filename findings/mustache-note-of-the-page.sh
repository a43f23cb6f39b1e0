#!/usr/bin/env bash
# One would guess that a product without a note has none on the page. In a list, mustache.js looks for a name in the product, and, if it
# isn't there, in all that is around the list: where the page itself has a `note`, products without one show that of the page. So an
# optional field works until somebody gives the page a field of its name. A field that is null isn't looked for elsewhere, one that is
# missing is. Mustache's specification calls this the context stack. Handlebars, which reads the same templates, looks at the product
# only, and with its option `compat` even instead of null. What helps: null for what isn't there, or names like `pageNote`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund handlebars@4.7.10 mustache@4.2.0 > /dev/null

cat > try.mjs << 'JS'
import Handlebars from 'handlebars'
import Mustache from 'mustache'
const template = '{{#products}}{{title}}: {{note}}; {{/products}}'
const page = {
  title: 'Our shop',
  note: 'closed on Mondays',
  products: [{ title: 'Tea', note: 'organic' }, { title: 'Cup' }, { title: 'Pot', note: null }],
}
console.log(`mustache.js: ${Mustache.render(template, page)}`)
console.log(`Handlebars: ${Handlebars.compile(template)(page)}`)
console.log(`Handlebars with compat: ${Handlebars.compile(template, { compat: true })(page)}`)
JS
echo 'Handlebars 4.7.10, mustache.js 4.2.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'mustache.js: Tea: organic; Cup: closed on Mondays; Pot: ; 
Handlebars: Tea: organic; Cup: ; Pot: ; 
Handlebars with compat: Tea: organic; Cup: closed on Mondays; Pot: closed on Mondays; ' ]
