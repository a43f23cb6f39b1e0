#!/usr/bin/env bash
# One would guess that a partial is put into a page as it is. Handlebars gives each line of it the blanks that stand before `{{> note}}`,
# after the values were filled in, so also each line of a value. In a `<textarea>` these blanks are part of the text: whoever opens the
# form and saves it has moved the second line by four blanks, and by four more the next time. A `<pre>` is moved in the same way.
# mustache.js indents the lines of the template, as its specification asks, and leaves the values alone. Handlebars documents the option
# `preventIndent`, and speaks of `<pre>`. What helps: that option, or `{{> note}}` at the beginning of a line, or behind other text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund handlebars@4.7.10 mustache@4.2.0 jsdom@29.1.1 > /dev/null

cat > try.mjs << 'JS'
import Handlebars from 'handlebars'
import { JSDOM } from 'jsdom'
import Mustache from 'mustache'
const page = '<form>\n    {{> note}}\n</form>\n'
const partial = '<textarea>{{note}}</textarea>\n'
Handlebars.registerPartial('note', partial)
const ways = {
  Handlebars: Handlebars.compile(page),
  'Handlebars with preventIndent': Handlebars.compile(page, { preventIndent: true }),
  'mustache.js': (values) => Mustache.render(page, values, { note: partial }),
}
for (const [name, render] of Object.entries(ways)) {
  let note = 'Ring twice.\nSecond floor.'
  for (let times = 0; times < 3; times += 1) note = new JSDOM(render({ note })).window.document.querySelector('textarea').value
  console.log(`${name}: saved three times, the note is ${JSON.stringify(note)}`)
}
JS
echo 'Handlebars 4.7.10, mustache.js 4.2.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'Handlebars: saved three times, the note is "Ring twice.\n            Second floor."
Handlebars with preventIndent: saved three times, the note is "Ring twice.\nSecond floor."
mustache.js: saved three times, the note is "Ring twice.\nSecond floor."' ]
