#!/usr/bin/env bash
# One would guess that a link is a link after it has become Markdown. html2text of Python breaks lines at 78 characters, after a hyphen in
# the address of a link as well if it has no other place. An address with a break in it is none in CommonMark, so a reader sees brackets,
# and a mail program opens the first half. Pages of shops have such addresses, of several words with hyphens between them; those of tests
# are short. The option `protect_links` puts angle brackets around the address, and breaks it as well. turndown breaks no lines. What helps:
# `wrap_links = False`, or `body_width = 0`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund commonmark@0.31.2 turndown@7.2.5 > /dev/null
apt-get download -qq python3-html2text=2020.1.16-2 2> /dev/null
dpkg -x ./*.deb .

address=https://shop.example/books/a-short-history-of-green-tea-in-japan-and-of-the-people-who-drink-it
echo "<p>Your book: <a href=\"$address\">download</a></p>" > mail.html
cat > try.py << 'PY'
import html2text
page = open('mail.html').read()
for name, settings in [('html2text', {}), ('protect_links', {'protect_links': True}), ('wrap_links', {'wrap_links': False}), ('body_width', {'body_width': 0})]:
    reader = html2text.HTML2Text()
    for key, value in settings.items():
        setattr(reader, key, value)
    open(f'{name}.md', 'w').write(reader.handle(page).strip())
PY
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { HtmlRenderer, Parser } from 'commonmark'
import TurndownService from 'turndown'
const texts = { turndown: new TurndownService().turndown(readFileSync('mail.html', 'utf8')) }
for (const name of ['html2text', 'protect_links', 'wrap_links', 'body_width']) texts[name] = readFileSync(`${name}.md`, 'utf8')
for (const [name, text] of Object.entries(texts)) {
  const html = new HtmlRenderer().render(new Parser().parse(text))
  console.log(`${name}: ${text}\n  ${html.includes('<a href') ? 'a link' : 'no link'}`)
}
JS
echo 'html2text 2020.1.16, turndown 7.2.5, commonmark 0.31.2'
PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 try.py
node try.mjs | tee seen
[ "$(cat seen)" = 'turndown: Your book: [download](https://shop.example/books/a-short-history-of-green-tea-in-japan-and-of-the-people-who-drink-it)
  a link
html2text: Your book: [download](https://shop.example/books/a-short-history-of-green-tea-
in-japan-and-of-the-people-who-drink-it)
  no link
protect_links: Your book: [download](<https://shop.example/books/a-short-history-of-green-
tea-in-japan-and-of-the-people-who-drink-it>)
  no link
wrap_links: Your book: [download](https://shop.example/books/a-short-history-of-green-tea-in-japan-and-of-the-people-who-drink-it)
  a link
body_width: Your book: [download](https://shop.example/books/a-short-history-of-green-tea-in-japan-and-of-the-people-who-drink-it)
  a link' ]
