#!/usr/bin/env bash
# One would guess that a query with `{ from: undefined, state: null }` has neither, as in axios. Each client has a rule of its own. Of
# undefined, undici and wretch make `from=`; of null, ky and wretch make `state=null`, got and undici `state=`, ofetch and superagent a
# bare `state`; and redaxios, which calls itself the API of axios, makes `from=undefined` and `state=null`. So a report without a start
# is one since an empty day or since `undefined`, and a list of orders of any state is one of the state called null: empty, without an
# error, or 400, once axios was replaced by a smaller client. What helps: to leave such keys out before:
# `Object.entries(query).filter(([, value]) => value != null)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 redaxios@0.5.1 xior@0.8.5 ky@1.14.3 got@14.6.6 ofetch@1.5.1 wretch@2.11.1 \
  superagent@10.4.2 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import axios from 'axios'
import got from 'got'
import ky from 'ky'
import { ofetch } from 'ofetch'
import redaxios from 'redaxios'
import superagent from 'superagent'
import { request } from 'undici'
import wretch from 'wretch'
import QueryStringAddon from 'wretch/addons/queryString'
import xior from 'xior'
const server = createServer(({ url }, res) => res.end(url)).listen(0, '127.0.0.1')
await once(server, 'listening')
const address = `http://127.0.0.1:${server.address().port}/orders`
const clients = {
  axios: async (params) => (await axios.get(address, { params })).data,
  xior: async (params) => (await xior.get(address, { params })).data,
  redaxios: async (params) => (await redaxios.get(address, { params })).data,
  ky: (searchParams) => ky(address, { searchParams }).text(),
  got: (searchParams) => got(address, { searchParams }).text(),
  ofetch: (query) => ofetch(address, { query }),
  wretch: (query) => wretch(address).addon(QueryStringAddon).query(query).get().text(),
  superagent: async (query) => (await superagent.get(address).query(query)).text,
  'undici request': async (query) => (await request(address, { query })).body.text(),
}
for (const [name, ask] of Object.entries(clients)) {
  console.log(`${name}: undefined ${await ask({ page: 1, from: undefined })}, null ${await ask({ page: 1, state: null })}`)
}
process.exit()
JS
echo 'axios 1.21.1, xior 0.8.5, redaxios 0.5.1, ky 1.14.3, got 14.6.6, ofetch 1.5.1, wretch 2.11.1, superagent 10.4.2, undici 7.30.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'axios: undefined /orders?page=1, null /orders?page=1
xior: undefined /orders?page=1, null /orders?page=1
redaxios: undefined /orders?page=1&from=undefined, null /orders?page=1&state=null
ky: undefined /orders?page=1, null /orders?page=1&state=null
got: undefined /orders?page=1, null /orders?page=1&state=
ofetch: undefined /orders?page=1, null /orders?page=1&state
wretch: undefined /orders?page=1&from=, null /orders?page=1&state=null
superagent: undefined /orders?page=1, null /orders?page=1&state
undici request: undefined /orders?page=1&from=, null /orders?page=1&state=' ]
