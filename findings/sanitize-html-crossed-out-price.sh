#!/usr/bin/env bash
# One would guess that what cleans HTML keeps the elements of plain text, or drops them with their text. sanitize-html keeps <s> by
# default, which is what markdown-it makes of `~~9.99~~`, and drops the tags of <del>, which marked and remark make of it, but not
# the text in them. So the former price is one like the other: `9.99 5.25`. <ins>, which a browser underlines, is dropped too, and a
# list that begins at 3 begins at 1, though `start` and `value` are all that says so. The README lists what is kept, and not what
# that does to a text. DOMPurify keeps all of it, and xss all but the number. What helps: `allowedTags:
# sanitizeHtml.defaults.allowedTags.concat(['del', 'ins'])`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sanitize-html@2.17.5 dompurify@3.5.0 jsdom@29.1.1 xss@1.0.17 marked@18.2.1 markdown-it@15.0.3 > /dev/null

cat > try.mjs << 'JS'
import createDOMPurify from 'dompurify'
import { JSDOM } from 'jsdom'
import MarkdownIt from 'markdown-it'
import { marked } from 'marked'
import sanitizeHtml from 'sanitize-html'
import xss from 'xss'
const { sanitize } = createDOMPurify(new JSDOM('').window)
const parsers = { marked: (text) => marked.parse(text), 'markdown-it': (text) => new MarkdownIt().render(text) }
const cleaners = { 'sanitize-html': (html) => sanitizeHtml(html), DOMPurify: (html) => sanitize(html), xss: (html) => xss(html) }
for (const text of ['Tea ~~9.99~~ 5.25', '3. Stir']) {
  for (const [parser, parse] of Object.entries(parsers)) {
    for (const [cleaner, clean] of Object.entries(cleaners)) {
      console.log(`${parser} and ${cleaner}: ${clean(parse(text)).replaceAll('\n', '')}`)
    }
  }
}
JS
echo 'sanitize-html 2.17.5, DOMPurify 3.5.0, xss 1.0.17, marked 18.2.1, markdown-it 15.0.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'marked and sanitize-html: <p>Tea 9.99 5.25</p>
marked and DOMPurify: <p>Tea <del>9.99</del> 5.25</p>
marked and xss: <p>Tea <del>9.99</del> 5.25</p>
markdown-it and sanitize-html: <p>Tea <s>9.99</s> 5.25</p>
markdown-it and DOMPurify: <p>Tea <s>9.99</s> 5.25</p>
markdown-it and xss: <p>Tea <s>9.99</s> 5.25</p>
marked and sanitize-html: <ol><li>Stir</li></ol>
marked and DOMPurify: <ol start="3"><li>Stir</li></ol>
marked and xss: <ol><li>Stir</li></ol>
markdown-it and sanitize-html: <ol><li>Stir</li></ol>
markdown-it and DOMPurify: <ol start="3"><li>Stir</li></ol>
markdown-it and xss: <ol><li>Stir</li></ol>' ]
