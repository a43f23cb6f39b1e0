#!/usr/bin/env bash
# One would guess that a WebSocket which connects again by itself does so after a connection that broke. reconnecting-websocket, and its
# successor partysocket, do so after each end: after 1000, by which a server says that all is done, such as a payment that has arrived,
# and after 1008 or a code of one's own such as 4401, by which it says that this client may not. So a page that shows a paid order
# connects again for as long as it is open, and one whose session has ended asks to be let in forever. The README has no option for it.
# socket.io leaves a connection alone that the server has ended. What helps: to look at `event.code` in `close`, and to call `close()`
# there, which both obey.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ws@8.23.0 reconnecting-websocket@4.4.0 partysocket@1.3.0 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { WebSocket as PartySocket } from 'partysocket'
import ReconnectingWebSocket from 'reconnecting-websocket'
import WebSocket, { WebSocketServer } from 'ws'
const options = { WebSocket, minReconnectionDelay: 1, maxReconnectionDelay: 1, minUptime: 0 }
for (const [name, Socket] of [['reconnecting-websocket', ReconnectingWebSocket], ['partysocket', PartySocket]]) {
  for (const code of [1000, 1008, 4401]) {
    for (const isHelped of [false, true]) {
      const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
      await once(server, 'listening')
      let count = 0
      const socket = new Socket(`ws://127.0.0.1:${server.address().port}/`, [], options)
      const isOver = new Promise((resolve) => {
        server.on('connection', (connection) => {
          count++
          connection.close(code)
          if (count === 5) resolve()
        })
        socket.addEventListener('close', () => {
          if (!isHelped) return
          socket.close()
          setTimeout(resolve, 300)
        })
      })
      await isOver
      socket.close()
      server.close()
      const connections = count === 5 ? 'five connections and more' : `${count} connection`
      console.log(`${name}, ${code}${isHelped ? ', close() in close' : ''}: ${connections}`)
    }
  }
}
process.exit()
JS
echo 'reconnecting-websocket 4.4.0, partysocket 1.3.0, ws 8.23.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'reconnecting-websocket, 1000: five connections and more
reconnecting-websocket, 1000, close() in close: 1 connection
reconnecting-websocket, 1008: five connections and more
reconnecting-websocket, 1008, close() in close: 1 connection
reconnecting-websocket, 4401: five connections and more
reconnecting-websocket, 4401, close() in close: 1 connection
partysocket, 1000: five connections and more
partysocket, 1000, close() in close: 1 connection
partysocket, 1008: five connections and more
partysocket, 1008, close() in close: 1 connection
partysocket, 4401: five connections and more
partysocket, 4401, close() in close: 1 connection' ]
