#!/usr/bin/env bash
# One would guess that a reader of Atom feeds follows `rel`, and that a plain text is taken as it is. @extractus/feed-extractor
# takes the first link of an entry, be it a recording or the feed itself, and the page only if it comes first. It reads a summary
# in plain text as HTML, so that everything between `<` and `>` is gone. An entry's `published` is its last update. So the
# link to the page comes first, and a summary that must survive has no angle brackets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @extractus/feed-extractor@8.0.3 > /dev/null

cat > try.mjs << 'JS'
import { extractFromXml } from '@extractus/feed-extractor'
const page = '<link rel="alternate" type="text/html" href="https://shop.example.org/bread"/>'
const recording = '<link rel="enclosure" type="audio/mpeg" href="https://shop.example.org/bread.mp3"/>'
const entryWith = (links) => extractFromXml(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Shop</title><id>https://shop.example.org/</id><updated>2026-11-29T00:00:00Z</updated>
<entry><title>Bread</title><id>https://shop.example.org/bread</id>${links}
<published>2026-11-01T00:00:00Z</published><updated>2026-11-29T00:00:00Z</updated>
<summary>Where 1 &lt; 2, but 3 &gt; 2.</summary></entry></feed>`).entries[0]
console.log(`the page first: ${entryWith(page + recording).link}`)
console.log(`the recording first: ${entryWith(recording + page).link}`)
console.log(`the summary: ${entryWith(page).description}`)
console.log(`published: ${entryWith(page).published}`)
JS
echo "@extractus/feed-extractor $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/@extractus/feed-extractor/package.json", "utf8")).version')"
node try.mjs | tee seen
[ "$(cat seen)" = 'the page first: https://shop.example.org/bread
the recording first: https://shop.example.org/bread.mp3
the summary: Where 1  2.
published: 2026-11-29T00:00:00.000Z' ]
