#!/usr/bin/env bash
# One would guess that a message which is larger than a server of Socket.IO allows, a million bytes, is refused with an error to
# whoever has sent it. The server closes the connection. The client connects again by itself, with a `disconnect` for "transport
# close", as after any interruption, and goes on as if the message had been delivered. The messages behind it, however small,
# are gone as well, no callback for an acknowledgement is ever called, and the server's handlers see a disconnection only.
# Messages that are sent while the connection is away do arrive later. What helps: `client.timeout(5000).emitWithAck(…)`, which
# fails, and a larger `maxHttpBufferSize`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund socket.io@4.8.4 socket.io-client@4.8.4 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
const httpServer = createServer()
const server = new Server(httpServer)
await once(httpServer.listen(0, '127.0.0.1'), 'listening')
const arrived = []
server.on('connection', (socket) => {
  socket.on('order', (name, picture, acknowledge) => {
    arrived.push(name)
    acknowledge?.('stored')
  })
})
const client = io(`http://127.0.0.1:${httpServer.address().port}`, { transports: ['websocket'] })
const events = []
client.on('disconnect', (reason) => events.push(`disconnect: ${reason}`))
client.on('connect_error', () => events.push('connect_error'))
await new Promise((done) => client.once('connect', done))
client.on('connect', () => events.push('connect'))
const acknowledged = []
const send = (name, size) => client.emit('order', name, 'x'.repeat(size), () => acknowledged.push(name))
send('first', 10)
await wait(300)
send('large', 1_100_000)
send('behind it', 10)
await new Promise((done) => client.once('disconnect', done))
send('while away', 10)
await new Promise((done) => client.once('connect', done))
send('after', 10)
await wait(500)
const error = await client.timeout(1500).emitWithAck('order', 'large', 'x'.repeat(1_100_000)).catch(({ message }) => message)
console.log(`arrived: ${arrived.join(', ')}`)
console.log(`acknowledged: ${acknowledged.join(', ')}`)
console.log(`events of the client: ${events.slice(0, 2).join(', ')}`)
console.log(`emitWithAck: ${error}`)
process.exit()
JS
echo 'socket.io 4.8.4'
node try.mjs | tee seen
[ "$(cat seen)" = 'arrived: first, while away, after
acknowledged: first, while away, after
events of the client: disconnect: transport close, connect
emitWithAck: socket has been disconnected' ]
