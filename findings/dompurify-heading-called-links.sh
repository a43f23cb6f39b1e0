#!/usr/bin/env bash
# One would guess that DOMPurify keeps the id of a heading. It takes away each id and name that is also a property of a document or of a
# form, since a page's own scripts might take one for the other. So with ids that are made of titles, the link `#prices` works, and
# `#links`, `#images`, `#location`, `#title`, `#style`, `#method` and `#name` lead nowhere. The text is there, and nothing is said; a
# table of contents is left with ids that don't exist. It is documented as SANITIZE_DOM. What helps: a
# prefix for all ids and for the links to them (`SANITIZE_NAMED_PROPS` adds `user-content-`, and only to ids).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dompurify@3.5.0 jsdom@29.1.1 github-slugger@2.0.0 > /dev/null

cat > try.mjs << 'JS'
import createPurify from 'dompurify'
import { slug } from 'github-slugger'
import { JSDOM } from 'jsdom'
const purify = createPurify(new JSDOM('').window)
for (const title of ['Prices', 'Contact', 'Links', 'Images', 'Location', 'Title', 'Style', 'Method', 'Name', 'Our links']) {
  console.log(purify.sanitize(`<h2 id="${slug(title)}">${title}</h2>`))
}
console.log(purify.sanitize('<a href="#links">Links</a> <h2 id="links">Links</h2>', { SANITIZE_NAMED_PROPS: true }))
JS
echo 'DOMPurify 3.5.0, jsdom 29.1.1'
node try.mjs | tee seen
[ "$(cat seen)" = '<h2 id="prices">Prices</h2>
<h2 id="contact">Contact</h2>
<h2>Links</h2>
<h2>Images</h2>
<h2>Location</h2>
<h2>Title</h2>
<h2>Style</h2>
<h2>Method</h2>
<h2>Name</h2>
<h2 id="our-links">Our links</h2>
<a href="#links">Links</a> <h2 id="user-content-links">Links</h2>' ]
