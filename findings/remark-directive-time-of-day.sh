#!/usr/bin/env bash
# One would guess that a plugin for directives like `:tooltip[text]` leaves a time of day alone. remark-directive takes each colon
# that has a letter or a digit behind it for the name of one, also in the middle of a word, and its names may be digits. So
# `open 10:30 to 18:00` has two directives, `30` and `00`. remark-rehype makes an empty `<div>` of a directive that nobody handles:
# the page says `open 10 to 18`, with line breaks in it, since a `<div>` can't be in a paragraph. `Sizes:S` goes the same way. With a
# blank behind the colon, in code and in the address of a link, nothing happens. The maintainers say that this is intended. What
# helps: `\:`, or a plugin that turns directives with unknown names back into text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund remark@15.0.1 remark-directive@4.0.0 remark-rehype@11.1.2 rehype-stringify@10.0.1 > /dev/null

cat > try.mjs << 'JS'
import rehypeStringify from 'rehype-stringify'
import { remark } from 'remark'
import remarkDirective from 'remark-directive'
import remarkRehype from 'remark-rehype'
const plain = remark().use(remarkRehype).use(rehypeStringify)
const directives = remark().use(remarkDirective).use(remarkRehype).use(rehypeStringify)
const texts = ['open 10:30 to 18:00', 'one part of tea to 50:50 milk', 'Sizes:S, M', 'Sizes: S, M', 'open `10:30`', 'open 10\\:30']
for (const text of texts) console.log(`${text}\n  ${plain.processSync(text)}\n  ${directives.processSync(text)}`)
JS
echo 'remark 15.0.1, remark-directive 4.0.0: each text without the plugin, and with it'
node try.mjs | tee seen
[ "$(cat seen)" = 'open 10:30 to 18:00
  <p>open 10:30 to 18:00</p>
  <p>open 10<div></div> to 18<div></div></p>
one part of tea to 50:50 milk
  <p>one part of tea to 50:50 milk</p>
  <p>one part of tea to 50<div></div> milk</p>
Sizes:S, M
  <p>Sizes:S, M</p>
  <p>Sizes<div></div>, M</p>
Sizes: S, M
  <p>Sizes: S, M</p>
  <p>Sizes: S, M</p>
open `10:30`
  <p>open <code>10:30</code></p>
  <p>open <code>10:30</code></p>
open 10\:30
  <p>open 10:30</p>
  <p>open 10:30</p>' ]
