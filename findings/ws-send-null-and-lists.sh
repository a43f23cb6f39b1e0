#!/usr/bin/env bash
# One would guess that `send` of the package ws does with a value what `send` of a browser's WebSocket does, which it is
# modelled on. A browser makes a text of whatever isn't bytes: "null", "false", "525,600". ws sends null, undefined and false as
# an empty message of bytes, and a list of numbers as a list of bytes, each amount without what is above 255: 525 arrives as 13,
# and 600 as 88. A number is a text to both, and only true, objects and bigints are errors. The WebSocket of undici, which is
# also Node's own, is like a browser's. So a program that was tested with the one sends other amounts with the other. What helps
# is JSON.stringify, for single values as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ws@8.23.0 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { WebSocket as LikeBrowsers } from 'undici'
import WebSocket, { WebSocketServer } from 'ws'
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
await once(server, 'listening')
const clients = { ws: WebSocket, 'undici, like browsers': LikeBrowsers }
for (const [name, Client] of Object.entries(clients)) {
  const connected = once(server, 'connection')
  const client = new Client(`ws://127.0.0.1:${server.address().port}`)
  const [peer] = await connected
  await new Promise((done) => client.addEventListener('open', done, { once: true }))
  for (const value of [525, [525, 600], null, false, true, 525n]) {
    const shown = typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)
    try {
      const received = once(peer, 'message')
      received.catch(() => {})
      client.send(value)
      const [data, isBinary] = await received
      console.log(`${name}: ${shown} is ${isBinary ? `${data.length} bytes [${[...data]}]` : `the text ${data}`}`)
    } catch (error) {
      console.log(`${name}: ${shown} is a ${error.name}`)
    }
  }
}
process.exit()
JS
echo 'ws 8.23.0, undici 7.30.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'ws: 525 is the text 525
ws: [525,600] is 2 bytes [13,88]
ws: null is 0 bytes []
ws: false is 0 bytes []
ws: true is a TypeError
ws: 525n is a TypeError
undici, like browsers: 525 is the text 525
undici, like browsers: [525,600] is the text 525,600
undici, like browsers: null is the text null
undici, like browsers: false is the text false
undici, like browsers: true is the text true
undici, like browsers: 525n is the text 525' ]
