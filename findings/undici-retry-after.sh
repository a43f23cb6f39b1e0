#!/usr/bin/env bash
# One would guess that undici's RetryAgent, which obeys Retry-After, waits for as long as a server asks, and that `maxTimeout` limits only
# the growing waits of its own. It limits both. By default, a server that asks for two minutes gets the next request after 30 seconds.
# With `maxTimeout: 1000`, set so that short failures are over soon, all five retries are used up within the first seconds of the
# two minutes, and count against the limit that they should have waited for. What helps: a `maxTimeout` as long as the longest wait
# that one accepts, or a `retry` function that gives up where the answer asks for more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import { Agent, RetryAgent, request } from 'undici'
const SECONDS = 3
const times = []
const server = createServer((req, res) => {
  times.push(performance.now())
  if (times.length === 2) return res.end('ready')
  const when = new Date(Date.now() + (SECONDS + 1) * 1000).toUTCString() // has whole seconds
  res.writeHead(429, { 'Retry-After': req.url === '/date' ? when : SECONDS }).end()
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
for (const maxTimeout of [200, 30_000]) {
  for (const path of ['/seconds', '/date']) {
    times.length = 0
    const dispatcher = new RetryAgent(new Agent(), { maxTimeout })
    const { body } = await request(`http://127.0.0.1:${server.address().port}${path}`, { dispatcher })
    const text = await body.text()
    const waited = (times[1] - times[0]) / 1000 > SECONDS - 0.1 // a timer may be a little early
    console.log(`${path}, maxTimeout ${maxTimeout}: ${text}, ${waited ? 'waited' : 'came back early'}`)
    await dispatcher.close()
  }
}
server.close()
JS
echo "undici $(node -p "require('undici/package.json').version")"
node try.mjs | tee seen
[ "$(cat seen)" = '/seconds, maxTimeout 200: ready, came back early
/date, maxTimeout 200: ready, came back early
/seconds, maxTimeout 30000: ready, waited
/date, maxTimeout 30000: ready, waited' ]
