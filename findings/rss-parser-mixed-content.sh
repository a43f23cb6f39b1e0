#!/usr/bin/env bash
# One would guess that a feed reader may lose the form of a text, but not its order. rss-parser reads Atom content of the type
# xhtml through a parser that keeps elements and text apart, so in a paragraph with an emphasised word, the rest of the
# sentence comes first and the word at its end. The same text as type html, escaped, stays as it was.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rss-parser@3.13.0 > /dev/null

cat > try.cjs << 'JS'
const Parser = require('rss-parser')
const words = 'Pay <em>before</em> you read, <em>never</em> after.'
const feed = (content) => `<feed xmlns="http://www.w3.org/2005/Atom">
<title>Shop</title><id>https://shop.example.org/</id><updated>2026-11-29T00:00:00Z</updated>
<entry><title>Rules</title><id>https://shop.example.org/rules</id><updated>2026-11-29T00:00:00Z</updated>${content}</entry>
</feed>`
const contents = {
  xhtml: `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>${words}</p></div></content>`,
  html: `<content type="html">${`<p>${words}</p>`.replaceAll('<', '&lt;')}</content>`,
}
async function run() {
  for (const [type, content] of Object.entries(contents)) {
    const { items } = await new Parser().parseString(feed(content))
    console.log(`${type}: ${/<p>.*<\/p>/.exec(items[0].content)[0]}`)
  }
}
run()
JS
echo "rss-parser $(node -p 'require("rss-parser/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'xhtml: <p>Pay  you read,  after.<em>before</em><em>never</em></p>
html: <p>Pay <em>before</em> you read, <em>never</em> after.</p>' ]
