#!/usr/bin/env bash
# One would guess that a template engine prints everything outside its tags as it stands, as EJS does.
# Eta 4 drops the line break behind a tag by default, also behind one that prints a value. Two values on two lines of
# a page, which HTML would show with a space between them, become one word. `autoTrim: false` keeps the line break.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts eta@4.6.0 > /dev/null

cat > try.mjs << 'JS'
import { Eta } from 'eta'
const template = '<p><%= it.first %>\n<%= it.second %></p>'
const values = { first: 'paid', second: 'twice' }
console.log(JSON.stringify({
  byDefault: new Eta().renderString(template, values),
  untrimmed: new Eta({ autoTrim: false }).renderString(template, values),
}))
JS
seen=$(node try.mjs)
echo "eta $(node -p "require('./node_modules/eta/package.json').version"): $seen"
[ "$seen" = '{"byDefault":"<p>paidtwice</p>","untrimmed":"<p>paid\ntwice</p>"}' ]
