#!/usr/bin/env bash
# One would guess that a form which Python's aiohttp sends has the names that it was given. aiohttp escapes the names of files
# as in an address: `Tee März.pdf` is sent as `filename="Tee%20M%C3%A4rz.pdf"`, and no server of a form takes that back, so the
# file is kept, listed and sent to buyers under that name. In the name of a field, it puts a backslash in front of each space:
# `first name` arrives as `first\ name`, so the field is missing. Browsers, fetch, requests and httpx send both as they are, and
# so does aiohttp with `aiohttp.FormData(quote_fields=False)`, which is what helps; it escapes quotation marks alone then.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-aiohttp=3.8.4-1+deb12u2 python3-yarl=1.8.2-1+b1 python3-multidict=6.0.4-1+b1 python3-async-timeout=4.0.2-1 \
  python3-aiosignal=1.3.1-1 python3-frozenlist=1.3.3-1+b1 python3-attr=22.2.0-1 python3-charset-normalizer=3.0.1-2 python3-idna=3.3-1+deb12u1 \
  python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 python3-certifi=2022.9.24-1 \
  python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund express@5.3.0 multer@2.5.0 > /dev/null

cat > server.cjs << 'JS'
const express = require('express')
const multer = require('multer')
const app = express()
app.post('/', multer({ defParamCharset: 'utf8' }).any(), ({ body, files: [file] }, res) => res.send(`${Object.keys(body)}, ${file.originalname}`))
const server = app.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
cat > try.mjs << 'JS'
const form = new FormData()
form.append('first name', 'Ann')
form.append('file', new Blob(['tea']), 'Tee März.pdf')
console.log(`fetch: ${await (await fetch(process.argv[2], { method: 'POST', body: form })).text()}`)
JS
cat > try.py << 'PY'
import asyncio
import sys

import aiohttp
import requests

url = sys.argv[1]
if url == "versions":
    print(f"aiohttp {aiohttp.__version__}, requests {requests.__version__}")
    sys.exit()
answer = requests.post(url, data={"first name": "Ann"}, files={"file": ("Tee März.pdf", b"tea")})
print(f"requests: {answer.text}")


async def by_aiohttp(**options):
    form = aiohttp.FormData(**options)
    form.add_field("first name", "Ann")
    form.add_field("file", b"tea", filename="Tee März.pdf")
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=form) as answer:
            return await answer.text()


print(f"aiohttp: {asyncio.run(by_aiohttp())}")
print(f"aiohttp, quote_fields=False: {asyncio.run(by_aiohttp(quote_fields=False))}")
PY
node server.cjs &
until [ -s port ]; do sleep 0.1; done
/usr/bin/python3 try.py versions
echo 'multer 2.5.0, express 5.3.0'
node try.mjs "http://127.0.0.1:$(cat port)/" > seen
/usr/bin/python3 try.py "http://127.0.0.1:$(cat port)/" >> seen
cat seen
[ "$(cat seen)" = 'fetch: first name, Tee März.pdf
requests: first name, Tee März.pdf
aiohttp: first\ name, Tee%20M%C3%A4rz.pdf
aiohttp, quote_fields=False: first name, Tee März.pdf' ]
