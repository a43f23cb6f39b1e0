#!/usr/bin/env bash
# One would guess that a cache for fetch is one of HTTP: it keeps what GET has brought and may be kept. node-fetch-cache keeps
# each answer, for good, whatever its method, status and Cache-Control are. A second order of the same is never sent, and gets
# the number of the first. A 503 of one minute is the answer until the process ends, or longer in its cache of files, and so is
# what the server has marked `no-store`. The README says that responses are cached regardless of their status, and says nothing
# of methods. undici's `cache()` sends the order, and asks again after the 503. What helps: plain fetch for all but GET,
# `shouldCacheResponse: (response) => response.ok`, and a `ttl` for the cache.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-fetch-cache@5.1.0 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import cachedFetch, { MemoryCache } from 'node-fetch-cache'
import { Agent, fetch, interceptors } from 'undici'
const counts = {}
const server = createServer(({ method, url }, res) => {
  const name = `${method} ${url}`
  counts[name] = (counts[name] ?? 0) + 1
  const isBusy = url === '/busy' && counts[name] === 1
  const text = isBusy ? 'busy' : `${method === 'POST' ? 'order' : 'answer'} ${counts[name]}`
  res.writeHead(isBusy ? 503 : 200, { 'Cache-Control': 'no-store' }).end(text)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const dispatcher = new Agent().compose(interceptors.cache())
const clients = {
  'node-fetch-cache': cachedFetch.create({ cache: new MemoryCache() }),
  undici: (url, options) => fetch(url, { ...options, dispatcher }),
}
for (const [name, ask] of Object.entries(clients)) {
  for (const each of Object.keys(counts)) delete counts[each]
  for (const [method, path] of [['POST', '/orders'], ['GET', '/busy'], ['GET', '/stock']]) {
    const seen = []
    for (let time = 1; time <= 2; time++) {
      const answer = await ask(`http://127.0.0.1:${server.address().port}${path}`, { method, body: method === 'POST' ? 'tea' : undefined })
      seen.push(`${answer.status} ${await answer.text()}`)
    }
    console.log(`${name}, ${method} ${path} twice: ${seen.join(', ')}`)
  }
}
process.exit()
JS
echo 'node-fetch-cache 5.1.0, undici 7.30.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'node-fetch-cache, POST /orders twice: 200 order 1, 200 order 1
node-fetch-cache, GET /busy twice: 503 busy, 503 busy
node-fetch-cache, GET /stock twice: 200 answer 1, 200 answer 1
undici, POST /orders twice: 200 order 1, 200 order 2
undici, GET /busy twice: 503 busy, 200 answer 2
undici, GET /stock twice: 200 answer 1, 200 answer 2' ]
