#!/usr/bin/env bash
# One would guess that a client with a cache of HTTP forgets an answer once it has changed that resource itself, which the
# specification of caches demands: after a PUT, POST or DELETE that succeeds, what is stored for that address must not be used.
# got with `cache` and axios-cache-interceptor keep it. A program that refunds an order and reads it again gets the order as it
# was before, for as long as its `max-age` lasts, and may refund it a second time. undici's cache forgets it, as do browsers.
# What helps: for got, `cache: false` on the reading behind a change; for axios-cache-interceptor, `cache: { update }` with the
# ids of what has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 axios-cache-interceptor@1.12.3 got@14.6.6 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import axios from 'axios'
import { setupCache } from 'axios-cache-interceptor'
import got from 'got'
import { Agent, interceptors, request } from 'undici'
const orders = {}
const server = createServer(({ method, url }, res) => {
  if (method === 'PUT') orders[url] = 'refunded'
  res.setHeader('Cache-Control', 'max-age=60')
  res.end(orders[url] ?? 'paid')
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const withCache = setupCache(axios.create())
const dispatcher = new Agent().compose(interceptors.cache())
const cache = new Map()
const clients = {
  got: (url, method) => got(url, { method, cache }).text(),
  'axios-cache-interceptor': async (url, method) => (await withCache({ url, method })).data,
  undici: async (url, method) => (await request(url, { method, dispatcher })).body.text(),
}
for (const [name, ask] of Object.entries(clients)) {
  const url = `http://127.0.0.1:${server.address().port}/orders/${name}`
  const answers = []
  for (const method of ['GET', 'PUT', 'GET']) answers.push(`${method} ${await ask(url, method)}`)
  console.log(`${name}: ${answers.join(', ')}`)
}
process.exit()
JS
echo 'got 14.6.6, axios 1.21.1, axios-cache-interceptor 1.12.3, undici 7.30.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'got: GET paid, PUT refunded, GET paid
axios-cache-interceptor: GET paid, PUT refunded, GET paid
undici: GET paid, PUT refunded, GET refunded' ]
