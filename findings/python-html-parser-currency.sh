#!/usr/bin/env bash
# One would guess that a link is the same to a browser and to a program in Python. In the value of an attribute, HTML takes `&copy` for a
# character only if no letter, digit or equals sign follows, so `/pay?amount=5&currency=USD` is valid as it stands, and a browser opens it
# as it stands. html.parser of Python 3.11 reads `&curren` as ¤ there, and `&reg`, `&not` and `&copy` likewise, so the payment has no
# currency and the order no region. Beautiful Soup has the same with "html.parser", and hasn't with html5lib; parse5 and htmlparser2 in
# JavaScript are right. Newer Pythons have it fixed. What helps: `&amp;` in the links that one writes, and `BeautifulSoup(text, 'html5lib')`
# for those that one reads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund htmlparser2@12.0.0 parse5@8.1.1 > /dev/null
apt-get download -qq python3-bs4=4.11.2-2 python3-soupsieve=2.3.2-1 python3-html5lib=1.1-3 python3-webencodings=0.5.1-5 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > link.html << 'HTML'
<a href="/pay?amount=5&currency=USD&region=eu&copies=2&notify=1">Pay</a>
HTML
cat > try.py << 'PY'
import sys
from html.parser import HTMLParser
from bs4 import BeautifulSoup
text = open('link.html').read()
class Links(HTMLParser):
    def handle_starttag(self, tag, attributes):
        print(f'html.parser: {dict(attributes)["href"]}')
Links().feed(text)
for parser in ['html.parser', 'html5lib']:
    print(f'Beautiful Soup with {parser}: {BeautifulSoup(text, parser).a["href"]}')
PY
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { parseDocument } from 'htmlparser2'
import { parseFragment } from 'parse5'
const text = readFileSync('link.html', 'utf8')
console.log(`parse5: ${parseFragment(text).childNodes[0].attrs[0].value}`)
console.log(`htmlparser2: ${parseDocument(text).children[0].attribs.href}`)
JS
echo "Python $(/usr/bin/python3 -c 'import sys; print(".".join(map(str, sys.version_info[:2])))'), Beautiful Soup 4.11.2, html5lib 1.1, parse5 8.1.1, htmlparser2 12.0.0"
{
  PYTHONPATH=usr/lib/python3/dist-packages PYTHONIOENCODING=utf-8 /usr/bin/python3 try.py
  node try.mjs
} | tee seen
[ "$(cat seen)" = 'html.parser: /pay?amount=5¤cy=USD®ion=eu&copies=2¬ify=1
Beautiful Soup with html.parser: /pay?amount=5¤cy=USD®ion=eu&copies=2¬ify=1
Beautiful Soup with html5lib: /pay?amount=5&currency=USD&region=eu&copies=2&notify=1
parse5: /pay?amount=5&currency=USD&region=eu&copies=2&notify=1
htmlparser2: /pay?amount=5&currency=USD&region=eu&copies=2&notify=1' ]
