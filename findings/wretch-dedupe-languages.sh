#!/usr/bin/env bash
# One would guess that a middleware which saves a second request, while the same one is on its way, takes two requests for the
# same if they are. wretch's `dedupe()` compares the method and the address, and no headers. A page that is asked for in German
# and in English at once is German for both, and an export that is asked for as JSON and as CSV is of the type that was first.
# On a server that asks in the name of its visitors, one gets the prices of the other's country. undici's
# `interceptors.deduplicate()`, made for the same purpose, compares headers as well. `throttlingCache()` of wretch has the same
# key, and keeps the answer for a second. What helps: a `key` with the headers that the answer depends on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund undici@7.30.2 wretch@2.11.1 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Agent, interceptors, request } from 'undici'
import wretch from 'wretch'
import { dedupe, throttlingCache } from 'wretch/middlewares'
let count = 0
const server = createServer((req, res) => {
  count++
  const languages = { de: 'Tee, 5,25 €', en: 'Tea, $6.00' }
  res.setHeader('Vary', 'Accept-Language')
  setTimeout(() => res.end(languages[req.headers['accept-language']]), 200)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const address = `http://127.0.0.1:${server.address().port}/`
const of = (middleware) => {
  const client = wretch(address).middlewares([middleware])
  return (language) => client.headers({ 'Accept-Language': language }).get().text()
}
const dispatcher = new Agent().compose(interceptors.deduplicate())
const clients = {
  'dedupe()': of(dedupe()),
  'throttlingCache()': of(throttlingCache()),
  'dedupe({ key })': of(dedupe({ key: (url, { method, headers }) => [method, url, JSON.stringify(headers)].join(' ') })),
  'undici deduplicate()': async (language) => (await request(address, { dispatcher, headers: { 'accept-language': language } })).body.text(),
}
for (const [name, ask] of Object.entries(clients)) {
  count = 0
  const answers = await Promise.all(['de', 'en', 'en'].map(ask))
  console.log(`${name}: ${answers.join(' | ')}; ${count} requests`)
}
process.exit()
JS
echo 'wretch 2.11.1, undici 7.30.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'dedupe(): Tee, 5,25 € | Tee, 5,25 € | Tee, 5,25 €; 1 requests
throttlingCache(): Tee, 5,25 € | Tee, 5,25 € | Tee, 5,25 €; 1 requests
dedupe({ key }): Tee, 5,25 € | Tea, $6.00 | Tea, $6.00; 2 requests
undici deduplicate(): Tee, 5,25 € | Tea, $6.00 | Tea, $6.00; 2 requests' ]
