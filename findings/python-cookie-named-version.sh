#!/usr/bin/env bash
# One would guess that a cookie may have any name of letters. Python's http.cookies, with which aiohttp 3.8 and other servers
# read the header of a request, takes names such as `version`, `comment`, `path` and `domain` for attributes, which only answers
# have today. If such a cookie comes first, it reads nothing of the header, and the session is gone; if it comes later, it is
# missing itself, and nothing else. Browsers send the older cookie first, so whether a script that notes a `version` logs
# somebody out depends on which of the two cookies was there before. `cookie`, for Node, reads all of them. What helps: another
# name, such as `shop_version`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cookie@1.1.1 > /dev/null

cat > read.py << 'PY'
import sys
from http.cookies import SimpleCookie

print(", ".join(f"{name}={cookie.value}" for name, cookie in SimpleCookie(sys.argv[1]).items()) or "none")
PY
cat > read.mjs << 'JS'
import { parseCookie } from 'cookie'
console.log(Object.entries(parseCookie(process.argv[2])).map((cookie) => cookie.join('=')).join(', '))
JS
echo "$(/usr/bin/python3 --version), cookie 1.1.1"
for header in 'session=5f2a; theme=dark' 'version=2; session=5f2a; theme=dark' 'session=5f2a; version=2; theme=dark' \
  'comment=on; session=5f2a' 'domain=tea; session=5f2a' 'shop_version=2; session=5f2a' '__Host-version=2; session=5f2a'; do
  echo "$header"
  echo "  cookie: $(node read.mjs "$header")"
  echo "  http.cookies: $(/usr/bin/python3 read.py "$header")"
done | tee seen
[ "$(cat seen)" = 'session=5f2a; theme=dark
  cookie: session=5f2a, theme=dark
  http.cookies: session=5f2a, theme=dark
version=2; session=5f2a; theme=dark
  cookie: version=2, session=5f2a, theme=dark
  http.cookies: none
session=5f2a; version=2; theme=dark
  cookie: session=5f2a, version=2, theme=dark
  http.cookies: session=5f2a, theme=dark
comment=on; session=5f2a
  cookie: comment=on, session=5f2a
  http.cookies: none
domain=tea; session=5f2a
  cookie: domain=tea, session=5f2a
  http.cookies: none
shop_version=2; session=5f2a
  cookie: shop_version=2, session=5f2a
  http.cookies: shop_version=2, session=5f2a
__Host-version=2; session=5f2a
  cookie: __Host-version=2, session=5f2a
  http.cookies: __Host-version=2, session=5f2a' ]
