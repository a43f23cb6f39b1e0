#!/usr/bin/env bash
# One would guess that what a client makes of a redirected request is a matter of HTTP, and the same everywhere. With 301 and
# 302, fetch and axios make a GET of a POST, and leave PUT and DELETE as they are. got leaves the POST as well, with its body,
# so what a form has sent is sent again to the page behind it, unless `methodRewriting` is set. Python's requests makes a GET of
# everything at a 302: a DELETE behind a redirect, to https or to a path with a slash, gets a page and a 200, and nothing is
# deleted. At a 301 it keeps the method and drops the body: a PUT replaces an order with nothing. What helps: 307 and 308 on the
# server's side, which all of them respect, and in Python `allow_redirects=False` for whatever isn't a GET.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund axios@1.21.1 got@14.6.6 > /dev/null

cat > ask.py << 'PY'
import sys
import requests

for url in sys.argv[2:]:
    print(requests.request(sys.argv[1], url, data="{}").text)
PY
cat > try.mjs << 'JS'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import axios from 'axios'
import got from 'got'
const server = createServer(async (req, res) => {
  const status = Number(req.url.slice(1))
  let size = 0
  for await (const chunk of req) size += chunk.length
  if (status) res.writeHead(status, { Location: '/' }).end()
  else res.end(size > 0 ? `${req.method} and body` : req.method)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}`
const statuses = [301, 302, 303, 308]
for (const method of ['POST', 'PUT', 'DELETE']) {
  const urls = statuses.map((status) => `${url}/${status}`)
  const byPython = (await promisify(execFile)('/usr/bin/python3', ['ask.py', method, ...urls])).stdout.split('\n')
  for (const [index, status] of statuses.entries()) {
    const ofFetch = await (await fetch(urls[index], { method, body: '{}' })).text()
    const { data } = await axios({ url: urls[index], method, data: '{}' })
    const ofGot = await got(urls[index], { method, body: '{}', retry: { limit: 0 } }).text()
    console.log(`${status} ${method}: fetch ${ofFetch}, axios ${data}, got ${ofGot}, requests ${byPython[index]}`)
  }
}
server.close()
server.closeAllConnections()
JS
echo 'axios 1.21.1, got 14.6.6, requests 2.28.1'
node try.mjs | tee seen
[ "$(cat seen)" = '301 POST: fetch GET, axios GET, got POST and body, requests GET
302 POST: fetch GET, axios GET, got POST and body, requests GET
303 POST: fetch GET, axios GET, got GET, requests GET
308 POST: fetch POST and body, axios POST and body, got POST and body, requests POST and body
301 PUT: fetch PUT and body, axios PUT and body, got PUT and body, requests PUT
302 PUT: fetch PUT and body, axios PUT and body, got PUT and body, requests GET
303 PUT: fetch GET, axios GET, got GET, requests GET
308 PUT: fetch PUT and body, axios PUT and body, got PUT and body, requests PUT and body
301 DELETE: fetch DELETE and body, axios DELETE and body, got DELETE and body, requests DELETE
302 DELETE: fetch DELETE and body, axios DELETE and body, got DELETE and body, requests GET
303 DELETE: fetch GET, axios GET, got GET, requests GET
308 DELETE: fetch DELETE and body, axios DELETE and body, got DELETE and body, requests DELETE and body' ]
