#!/usr/bin/env bash
# One would guess that a client of server-sent events remembers every id that it is sent. By the HTML standard, an id counts
# even in a block without data, which dispatches no event: so a server can move its readers on without telling them anything, and
# they go on behind that id when they connect again. Browsers do so. The package `eventsource`, for Node, forgets the id of such
# a block, and asks again for everything since the last event that had data. What helps is to send data with every id, perhaps of
# a type that nobody listens to.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts eventsource@4.1.1 eventsource-parser@3.1.1 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { EventSource } from 'eventsource'
const streams = ['retry: 20\n\nid: 1\ndata: with data\n\nid: 2\n\n', 'id: 3\nevent: unheard\ndata: x\n\n']
const server = createServer((req, res) => {
  console.log(`connects with Last-Event-ID: ${req.headers['last-event-id'] ?? 'none'}`)
  res.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(streams.shift() ?? '')
  if (streams.length === 0 && req.headers['last-event-id'] === '3') process.exit()
}).listen(0, '127.0.0.1')
await once(server, 'listening')
new EventSource(`http://127.0.0.1:${server.address().port}/`)
JS
seen=$(timeout 60 node try.mjs)
echo "eventsource 4.1.1, which is sent the ids 1 with data, 2 without, and then 3 of a type that nobody listens to:"
echo "$seen"
[ "$seen" = 'connects with Last-Event-ID: none
connects with Last-Event-ID: 1
connects with Last-Event-ID: 3' ]
