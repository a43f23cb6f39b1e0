#!/usr/bin/env bash
# One would guess that a client adds the parameters that it is given to those of the address, as axios, superagent and Python's
# requests do. got replaces all of them. An API that names its next page by an address, `/orders?cursor=…`, and a program that
# passes `{ limit: 2 }` with each request, read the first page again and again: a total is wrong, the last orders are never
# seen, and with a limit of pages there is no error. Also `got.extend({ searchParams })` for a key takes the cursor away. It's
# said in got's own guide, on a page of its own. What helps: `url.searchParams.set(…)` on a URL, or got's `pagination`, which
# has its own `searchParams` for the next page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 got@14.6.6 superagent@10.4.2 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import axios from 'axios'
import got from 'got'
import superagent from 'superagent'
const amounts = [5.25, 6, 100, 1, 2]
const server = createServer((req, res) => {
  const { searchParams } = new URL(req.url, 'http://shop.test')
  const [start, limit] = [Number(searchParams.get('cursor')), Number(searchParams.get('limit') ?? 1)]
  const next = start + limit < amounts.length ? `/orders?cursor=${start + limit}` : null
  res.setHeader('Content-Type', 'application/json')
  res.end(JSON.stringify({ amounts: amounts.slice(start, start + limit), next }))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const own = { limit: 2 }
const keyed = got.extend({ searchParams: own })
const clients = {
  axios: async (url) => (await axios.get(url, { params: own })).data,
  superagent: async (url) => (await superagent.get(url).query(own)).body,
  got: (url) => got(url, { searchParams: own }).json(),
  'got.extend': (url) => keyed(url).json(),
  'got with a URL': (url) => {
    const whole = new URL(url)
    whole.searchParams.set('limit', 2)
    return got(whole).json()
  },
}
for (const [name, ask] of Object.entries(clients)) {
  let next = '/orders'
  const all = []
  for (let page = 0; next && page < 4; page++) {
    const answer = await ask(`http://127.0.0.1:${server.address().port}${next}`)
    all.push(...answer.amounts)
    next = answer.next
  }
  console.log(`${name}: ${all.join(', ')}; total ${all.reduce((sum, amount) => sum + amount, 0)}`)
}
process.exit()
JS
echo 'got 14.6.6, axios 1.21.1, superagent 10.4.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'axios: 5.25, 6, 100, 1, 2; total 114.25
superagent: 5.25, 6, 100, 1, 2; total 114.25
got: 5.25, 6, 5.25, 6, 5.25, 6, 5.25, 6; total 45
got.extend: 5.25, 6, 5.25, 6, 5.25, 6, 5.25, 6; total 45
got with a URL: 5.25, 6, 100, 1, 2; total 114.25' ]
