#!/usr/bin/env bash
# One would guess that cleaning a piece of HTML removes what is dangerous in it, and that a row of a table has nothing of that.
# DOMPurify lets the browser's parser read the piece as the content of a <body>, and there a row without its table isn't one: its
# tags are dropped, its text stays, without a space. A row that says 2 pieces for 5.25 says 25.25. The same row with its table
# around it is kept, and sanitize-html and xss, which read the tags one by one, keep it alone. So rows that are cleaned one by one,
# and joined in a table later, are amounts that nobody wrote. What helps: to clean the whole table, or each cell's content.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dompurify@3.5.0 jsdom@29.1.1 sanitize-html@2.17.5 xss@1.0.17 > /dev/null

cat > try.mjs << 'JS'
import createDOMPurify from 'dompurify'
import { JSDOM } from 'jsdom'
import sanitizeHtml from 'sanitize-html'
import xss from 'xss'
const purify = createDOMPurify(new JSDOM('').window)
const row = '<tr><td>2</td><td>5.25</td></tr>'
const table = `<table><tbody>${row}</tbody></table>`
console.log(`DOMPurify, a row: ${purify.sanitize(row)}`)
console.log(`DOMPurify, its table: ${purify.sanitize(table)}`)
console.log(`sanitize-html, a row: ${sanitizeHtml(row)}`)
console.log(`xss, a row: ${xss(row)}`)
JS
echo 'DOMPurify 3.5.0, sanitize-html 2.17.5, xss 1.0.17'
node try.mjs | tee seen
[ "$(cat seen)" = 'DOMPurify, a row: 25.25
DOMPurify, its table: <table><tbody><tr><td>2</td><td>5.25</td></tr></tbody></table>
sanitize-html, a row: <tr><td>2</td><td>5.25</td></tr>
xss, a row: <tr><td>2</td><td>5.25</td></tr>' ]
