#!/usr/bin/env bash
# One would guess that what hyphenates a page hyphenates its prose. hyphen has a function for HTML, which skips the tags, as its README
# says, and puts its invisible soft hyphens into all that is between them: a command in <code>, an address as it is shown, a text in a form,
# and the source of a <script>, which is no JavaScript any more. A buyer who copies a command or the code of a voucher copies the hyphens as
# well, and can't see why it isn't accepted; a form sends them. What helps: `hyphens: auto` in CSS, which adds nothing to the text, or
# hyphenating only the texts of paragraphs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hyphen@1.14.1 > /dev/null

cat > try.mjs << 'JS'
import { runInNewContext } from 'node:vm'
import english from 'hyphen/en/index.js'
const parts = [
  '<p title="documentation">documentation</p>',
  '<code>npm install something</code>',
  '<p>Voucher: DOWNLOADABLE-2026</p>',
  '<a href="https://shop.example/documentation">https://shop.example/documentation</a>',
  '<textarea>documentation</textarea>',
  '<script>const documentation = 5; total = window.documentation ?? documentation</script>'
]
for (const part of parts) console.log(english.hyphenateHTMLSync(part).replaceAll('\u00AD', '|'))
const script = '<script>total = document.createElement("div").textContent</script>'
const hyphenated = english.hyphenateHTMLSync(script).replace(/<.?script>/g, '')
try {
  runInNewContext(hyphenated, { document: { createElement: () => ({ textContent: '5' }) } })
} catch (error) {
  console.log(`${error.name}: ${error.message.replaceAll('\u00AD', '|')}`)
}
JS
echo 'hyphen 1.14.1'
node try.mjs | tee seen
[ "$(cat seen)" = '<p title="documentation">doc|u|men|ta|tion</p>
<code>npm in|stall some|thing</code>
<p>Vouch|er: DOWN|LOAD|ABLE-2026</p>
<a href="https://shop.example/documentation">https://shop.ex|am|ple/doc|u|men|ta|tion</a>
<textarea>doc|u|men|ta|tion</textarea>
<script>con|st doc|u|men|ta|tion = 5; to|tal = win|dow.doc|u|men|ta|tion ?? doc|u|men|ta|tion</script>
SyntaxError: Invalid or unexpected token' ]
