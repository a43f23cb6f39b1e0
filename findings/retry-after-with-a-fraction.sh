#!/usr/bin/env bash
# One would guess that a header which the README of a limiter shows can be read by clients that obey such headers.
# rate-limiter-flexible knows the time to wait in milliseconds, and its README divides them by 1000, so `Retry-After` is 1.75.
# HTTP has whole seconds only. got and ky wait for that time all the same. Python's urllib3, and so requests, takes the header
# for a broken one and raises InvalidHeader, with the first refusal and without a retry: the program that has set retries up,
# and would have waited, fails where one without them gets its 429. In a quick test, where 2000 of 2000 milliseconds are left,
# it works. What helps: Math.ceil.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund rate-limiter-flexible@11.4.0 got@14.6.6 ky@1.14.3 > /dev/null

cat > ask.py << 'PY'
import sys
import requests
from urllib3.util import Retry

session = requests.Session()
session.mount("http://", requests.adapters.HTTPAdapter(max_retries=Retry(total=2, status_forcelist=[429])))
try:
    print(session.get(sys.argv[1]).text)
except requests.exceptions.RequestException as error:
    print(type(error).__name__)
PY
cat > try.mjs << 'JS'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import got from 'got'
import ky from 'ky'
import { RateLimiterMemory } from 'rate-limiter-flexible'
async function tryWith(name, toHeader) {
  const counts = {}
  const server = createServer(async ({ url }, res) => {
    counts[url] = (counts[url] ?? 0) + 1
    try {
      await limiter.consume(url)
      res.end('accepted')
    } catch ({ msBeforeNext }) {
      res.writeHead(429, { 'Retry-After': toHeader(msBeforeNext) }).end('refused')
    }
  })
  const limiter = new RateLimiterMemory({ points: 1, duration: 5 })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const address = `http://127.0.0.1:${server.address().port}`
  const clients = {
    '/got': (url) => got(url).text(),
    '/ky': (url) => ky(url).text(),
    '/requests': async (url) => (await promisify(execFile)('/usr/bin/python3', ['ask.py', url])).stdout.trim(),
  }
  const lines = Object.entries(clients).map(async ([path, client]) => {
    await limiter.consume(path)
    await wait(250)
    return `${name}, ${path}: ${await client(address + path)}, requests: ${counts[path]}`
  })
  console.log((await Promise.all(lines)).join('\n'))
  server.close()
  server.closeAllConnections()
}
await tryWith('as in the README', (ms) => ms / 1000)
await tryWith('rounded up', (ms) => Math.ceil(ms / 1000))
JS
echo 'rate-limiter-flexible 11.4.0, got 14.6.6, ky 1.14.3, requests 2.28.1, urllib3 1.26.12'
node try.mjs | tee seen
[ "$(cat seen)" = 'as in the README, /got: accepted, requests: 2
as in the README, /ky: accepted, requests: 2
as in the README, /requests: InvalidHeader, requests: 1
rounded up, /got: accepted, requests: 2
rounded up, /ky: accepted, requests: 2
rounded up, /requests: accepted, requests: 2' ]
