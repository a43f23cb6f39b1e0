#!/usr/bin/env bash
# One would guess that two functions which write a query string write the same values. A Date is empty to fast-querystring, as
# it is to Node's querystring, which it replaces: `from=` says nothing, and a server that reads no date there lists the sales of
# all time instead of those of November. Nested objects and NaN are empty as well, and no error says so. URLSearchParams, and so
# ky, writes "Sun Nov 01 2026 …", in local time and without milliseconds. axios and superagent write the ISO form, and got
# refuses a Date. What helps: `date.toISOString()`, with all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export TZ=UTC
npm install --silent --no-audit --no-fund axios@1.21.1 fast-querystring@1.1.2 got@14.6.6 ky@1.14.3 superagent@10.4.2 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import querystring from 'node:querystring'
import axios from 'axios'
import fastQuerystring from 'fast-querystring'
import got from 'got'
import ky from 'ky'
import superagent from 'superagent'
const sales = [['2026-10-31', 100], ['2026-11-02', 5.25], ['2026-11-03', 6]]
const server = createServer((req, res) => {
  const from = new URL(req.url, 'http://shop.test').searchParams.get('from')
  const wanted = sales.filter(([day]) => !from || new Date(day) >= new Date(from))
  res.end(`from ${from || 'nothing'}: ${wanted.reduce((sum, [, amount]) => sum + amount, 0).toFixed(2)}`)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}/`
const from = new Date('2026-11-01T00:00:00.250Z')
const text = async (answer) => (await answer).text()
const clients = {
  'fast-querystring': () => text(fetch(`${url}?${fastQuerystring.stringify({ from })}`)),
  querystring: () => text(fetch(`${url}?${querystring.stringify({ from })}`)),
  URLSearchParams: () => text(fetch(`${url}?${new URLSearchParams({ from })}`)),
  ky: () => ky(url, { searchParams: { from } }).text(),
  axios: async () => (await axios.get(url, { params: { from } })).data,
  superagent: async () => (await superagent.get(url).query({ from }).buffer(true).parse(superagent.parse.text)).text,
  got: () => got(url, { searchParams: { from } }).text(),
}
for (const [name, ask] of Object.entries(clients)) {
  console.log(`${name}: ${await ask().catch((error) => error.name)}`)
}
process.exit()
JS
echo 'fast-querystring 1.1.2, ky 1.14.3, axios 1.21.1, superagent 10.4.2, got 14.6.6'
node try.mjs | tee seen
[ "$(cat seen)" = 'fast-querystring: from nothing: 111.25
querystring: from nothing: 111.25
URLSearchParams: from Sun Nov 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time): 11.25
ky: from Sun Nov 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time): 11.25
axios: from 2026-11-01T00:00:00.250Z: 11.25
superagent: from 2026-11-01T00:00:00.250Z: 11.25
got: RequestError' ]
