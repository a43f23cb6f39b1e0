#!/usr/bin/env bash
# One would guess that `lastEventId` of an event is the last id that the stream has had, as in browsers: a server sends an id
# with each order, and events between without one, such as a number of visitors. In the package `eventsource`, which has no
# other purpose than to be as browsers are, it is the id of this event alone, and empty for one without. A page or program that
# keeps `lastEventId` of what it has read last, in order to go on from there after a restart, keeps an empty text, and gets
# everything again, or nothing. undici's EventSource has the id of the order. After a broken connection, both send the right one
# by themselves, so a test of that passes. What helps: `if (event.lastEventId)` before it is kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund eventsource@4.1.1 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { EventSource as OfPackage } from 'eventsource'
import { EventSource as OfUndici } from 'undici'
let asked
const server = createServer(({ headers }, res) => {
  asked.push(headers['last-event-id'] ?? 'none')
  res.writeHead(200, { 'Content-Type': 'text/event-stream' })
  res.end(asked.length === 1 ? 'retry: 10\n\nid: 7\ndata: order 7\n\ndata: 12 visitors\n\n' : 'data: 13 visitors\n\n')
}).listen(0, '127.0.0.1')
await once(server, 'listening')
for (const [name, EventSource] of [['eventsource', OfPackage], ['undici', OfUndici]]) {
  asked = []
  const source = new EventSource(`http://127.0.0.1:${server.address().port}/`)
  const seen = []
  await new Promise((resolve) => {
    source.onmessage = ({ data, lastEventId }) => {
      seen.push(`${data} has "${lastEventId}"`)
      if (seen.length === 3) resolve()
    }
  })
  source.close()
  console.log(`${name}: ${seen.join(', ')}; connects with ${asked.slice(0, 2).join(', then ')}`)
}
process.exit()
JS
echo 'eventsource 4.1.1, undici 7.30.2'
node --no-warnings try.mjs | tee seen
[ "$(cat seen)" = 'eventsource: order 7 has "7", 12 visitors has "", 13 visitors has ""; connects with none, then 7
undici: order 7 has "7", 12 visitors has "7", 13 visitors has "7"; connects with none, then 7' ]
