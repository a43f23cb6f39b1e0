#!/usr/bin/env bash
# One would guess that two servers of one shop, in Python and in Node, read each other's cookies. What may not stand in a value,
# such as a comma or a quotation mark, Python's http.cookies writes in quotes and as octal numbers behind a backslash, after an
# old RFC; `cookie`, for Node, writes it with percent signs, as is usual today. Neither undoes the other's way, and neither
# complains: the price 5,25 is "5\05425" to Node, quotes included, and 5%2C25 to Python, and a cart in JSON is no JSON any more.
# Ids work, so it begins with the first value that has a comma. What helps: urllib.parse.quote and unquote in Python, or
# base64url on both sides.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cookie@1.1.1 > /dev/null

cat > cookies.py << 'PY'
import sys
from http.cookies import SimpleCookie

cookies = SimpleCookie()
if sys.argv[1] == "write":
    cookies["value"] = sys.argv[2]
    print(cookies.output(header="").strip())
else:
    cookies.load(sys.argv[2])
    print(cookies["value"].value)
PY
cat > cookies.mjs << 'JS'
import { parse, serialize } from 'cookie'
const [, , action, text] = process.argv
console.log(action === 'write' ? serialize('value', text) : parse(text).value)
JS
echo "$(/usr/bin/python3 --version), cookie 1.1.1"
python() { /usr/bin/python3 cookies.py "$@"; }
for value in 5f2a 5.25 5,25 '{"tea":2}'; do
  echo "$value"
  echo "  from Python: $(python write "$value"), to Node: $(node cookies.mjs read "$(python write "$value")")"
  echo "  from Node: $(node cookies.mjs write "$value"), to Python: $(python read "$(node cookies.mjs write "$value")")"
done | tee seen
[ "$(cat seen)" = '5f2a
  from Python: value=5f2a, to Node: 5f2a
  from Node: value=5f2a, to Python: 5f2a
5.25
  from Python: value=5.25, to Node: 5.25
  from Node: value=5.25, to Python: 5.25
5,25
  from Python: value="5\05425", to Node: "5\05425"
  from Node: value=5%2C25, to Python: 5%2C25
{"tea":2}
  from Python: value="{\"tea\":2}", to Node: "{\"tea\":2}"
  from Node: value=%7B%22tea%22%3A2%7D, to Python: %7B%22tea%22%3A2%7D' ]
