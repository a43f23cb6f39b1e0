#!/usr/bin/env bash
# One would guess that `timeout: 1000` ends a request of axios after a second, as its README says, whatever runs it. On Node it
# only counts silence: each byte that comes begins the second anew, so a download that trickles, or an answer that is kept alive
# by a space now and then, takes as long as it likes. In a browser, and with `adapter: 'fetch'`, the same line ends it after a
# second, body included, and so do got, and fetch with AbortSignal.timeout. The test of such a timeout, with a server that says
# nothing, passes. It has been reported (axios 5896). What helps: `signal: AbortSignal.timeout(1000)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 got@14.6.6 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import axios from 'axios'
import got from 'got'
const server = createServer(async (req, res) => {
  if (req.url === '/silent') return
  res.setHeader('Content-Type', 'application/json')
  if (req.url === '/stalls') return res.write(' ')
  for (let i = 0; i < 12; i++) {
    res.write(' ')
    await wait(200)
  }
  res.end('"comes after 2.4 s"')
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const timeout = 1000
const clients = {
  axios: async (url) => (await axios.get(url, { timeout })).data,
  'axios with its fetch adapter': async (url) => (await axios.get(url, { timeout, adapter: 'fetch' })).data,
  'axios with a signal': async (url) => (await axios.get(url, { signal: AbortSignal.timeout(timeout) })).data,
  got: (url) => got(url, { timeout: { request: timeout }, retry: { limit: 0 } }).json(),
  fetch: async (url) => (await fetch(url, { signal: AbortSignal.timeout(timeout) })).json(),
}
const url = `http://127.0.0.1:${server.address().port}`
const ask = async ([name, client]) => {
  const paths = ['/silent', '/stalls', '/slow']
  const [silent, stalls, slow] = await Promise.all(paths.map((path) => client(url + path).catch(() => 'ends')))
  return `${name}: a silent answer ${silent}, one that stalls ${stalls}, a slow one ${slow}`
}
console.log((await Promise.all(Object.entries(clients).map(ask))).join('\n'))
server.close()
server.closeAllConnections()
JS
echo 'axios 1.21.1, got 14.6.6'
node try.mjs | tee seen
[ "$(cat seen)" = 'axios: a silent answer ends, one that stalls ends, a slow one comes after 2.4 s
axios with its fetch adapter: a silent answer ends, one that stalls ends, a slow one ends
axios with a signal: a silent answer ends, one that stalls ends, a slow one ends
got: a silent answer ends, one that stalls ends, a slow one ends
fetch: a silent answer ends, one that stalls ends, a slow one ends' ]
