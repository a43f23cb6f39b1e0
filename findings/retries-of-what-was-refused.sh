#!/usr/bin/env bash
# One would guess that a client which tries again does so where that may help, and only with what may be sent twice. wretch's `retry()`
# sends whatever isn't answered by 2xx eleven times, whatever the method: a POST for an order that is sold out (409), or for a page that
# isn't there (404), takes 27 seconds with its default delays, and ends with `Number of attempts exceeded.` instead of the status.
# superagent's `retry()` leaves 404 and 409 alone, and sends a POST again after 503, so an order may be placed twice. ky, ofetch and
# axios-retry send no POST a second time. What helps: for wretch `skip` for methods, and an `until` that is content with 4xx; for
# superagent a callback that says false for POST.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund wretch@2.11.1 superagent@10.4.2 ky@1.14.3 ofetch@1.5.1 axios@1.21.1 axios-retry@4.5.0 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import axios from 'axios'
import axiosRetry from 'axios-retry'
import ky from 'ky'
import { ofetch } from 'ofetch'
import superagent from 'superagent'
import wretch from 'wretch'
import { retry } from 'wretch/middlewares'
let count
const server = createServer(({ url }, res) => {
  count++
  res.writeHead(Number(url.slice(1))).end()
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const retried = axios.create()
axiosRetry(retried)
const clients = {
  wretch: (method, url) => wretch(url).middlewares([retry({ delayTimer: 1 })]).fetch(method).res(),
  superagent: (method, url) => superagent(method, url).retry(),
  ky: (method, url) => ky(url, { method, retry: { delay: () => 1 } }),
  ofetch: (method, url) => ofetch(url, { method }),
  'axios-retry': (method, url) => retried.request({ method, url }),
}
for (const [name, ask] of Object.entries(clients)) {
  for (const method of ['GET', 'POST']) {
    const seen = []
    let last
    for (const status of [404, 409, 503]) {
      count = 0
      last = await ask(method, `http://127.0.0.1:${server.address().port}/${status}`).catch(({ message }) => message)
      seen.push(`${count} for ${status}`)
    }
    console.log(`${name} ${method}: ${seen.join(', ')}${name === 'wretch' ? `; ${last}` : ''}`)
  }
}
process.exit()
JS
echo 'wretch 2.11.1, superagent 10.4.2, ky 1.14.3, ofetch 1.5.1, axios-retry 4.5.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'wretch GET: 11 for 404, 11 for 409, 11 for 503; Number of attempts exceeded.
wretch POST: 11 for 404, 11 for 409, 11 for 503; Number of attempts exceeded.
superagent GET: 1 for 404, 1 for 409, 2 for 503
superagent POST: 1 for 404, 1 for 409, 2 for 503
ky GET: 1 for 404, 1 for 409, 3 for 503
ky POST: 1 for 404, 1 for 409, 1 for 503
ofetch GET: 1 for 404, 2 for 409, 2 for 503
ofetch POST: 1 for 404, 1 for 409, 1 for 503
axios-retry GET: 1 for 404, 1 for 409, 4 for 503
axios-retry POST: 1 for 404, 1 for 409, 1 for 503' ]
