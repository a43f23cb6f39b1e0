#!/usr/bin/env bash
# One would guess that an EventSource connects again until it is told to stop, as its connection does when the network is gone.
# By the HTML standard, an answer with a status other than 200 is the end: after a 502 or 503, which is what a proxy says while
# the application behind it is restarted, the stream is closed for good, whatever Retry-After says. A page that was open during
# a deployment shows the orders of that minute until it is loaded again. Packages disagree: `eventsource` and undici's
# EventSource end, as browsers do; `launchdarkly-eventsource` and `eventsource-client` connect again. Where one's own test cuts
# the connection, all of them come back. What helps: to look for readyState 2, in `error` or by a timer as Nickel's list of
# orders does, and to make a new EventSource.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts eventsource@4.1.1 launchdarkly-eventsource@2.2.0 eventsource-client@1.2.0 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { EventSource } from 'eventsource'
import { createEventSource } from 'eventsource-client'
import launchDarkly from 'launchdarkly-eventsource'
import { EventSource as ofUndici } from 'undici'
const by = (Class) => (url, heard) => {
  const source = new Class(url)
  source.addEventListener('message', ({ data }) => heard(data))
  source.addEventListener('error', () => {})
}
const clients = {
  eventsource: by(EventSource),
  undici: by(ofUndici),
  'launchdarkly-eventsource': by(launchDarkly.EventSource),
  'eventsource-client': (url, heard) => createEventSource({ url, onMessage: ({ data }) => heard(data) }),
  'eventsource, helped': (url, heard) => {
    const connect = () => {
      const source = new EventSource(url)
      source.addEventListener('message', ({ data }) => heard(data))
      source.addEventListener('error', () => source.readyState === 2 && setTimeout(connect, 100))
    }
    connect()
  },
}
const watch = async ([name, connect], between) => {
  let count = 0
  const server = createServer((_req, res) => {
    count++
    if (count === 2 && between === 'cut') return res.destroy()
    if (count === 2) return res.writeHead(503, { 'Retry-After': '1' }).end()
    res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(`retry: 100\n\ndata: ${count === 1 ? 'before' : 'after'}\n\n`)
    if (count === 1) setTimeout(() => res.end(), 100) // the application is restarted
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const heard = []
  connect(`http://127.0.0.1:${server.address().port}/`, (data) => heard.push(data))
  await new Promise((done) => setTimeout(done, 8000))
  return `${between}, ${name}: heard ${[...new Set(heard)].join(' and ')}`
}
const all = ['cut', '503'].flatMap((between) => Object.entries(clients).map((client) => watch(client, between)))
console.log((await Promise.all(all)).join('\n'))
process.exit()
JS
echo 'eventsource@4.1.1 launchdarkly-eventsource@2.2.0 eventsource-client@1.2.0 undici@7.30.2'
node --no-warnings try.mjs | tee seen
[ "$(cat seen)" = 'cut, eventsource: heard before and after
cut, undici: heard before and after
cut, launchdarkly-eventsource: heard before and after
cut, eventsource-client: heard before and after
cut, eventsource, helped: heard before and after
503, eventsource: heard before
503, undici: heard before
503, launchdarkly-eventsource: heard before and after
503, eventsource-client: heard before and after
503, eventsource, helped: heard before and after' ]
