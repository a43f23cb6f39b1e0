#!/usr/bin/env bash
# One would guess that a command whose answer got lost fails, so that the program can decide whether to send it again. ioredis sends
# it again by itself once it has connected anew: a payment is added twice, for one call that succeeds without a warning. It takes
# a connection that ends between the command and its answer. The README says that commands are sent again, and thinks of those that
# wait, such as BRPOP. With `autoResendUnfulfilledCommands: false`, the call neither succeeds nor fails, ever. node-redis rejects it.
# What helps: that option together with `commandTimeout`, or commands that may be done twice, such as SADD with a payment's id.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libjemalloc2=5.3.0-1 liblzf1=3.6-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund ioredis@6.0.0 redis@6.3.1 > /dev/null

cat > try.mjs << 'JS'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
const [, , socket] = process.argv
const proxy = createServer((client) => { // closes a connection instead of passing on the first answer to an INCRBY
  const server = connect(socket)
  let counting = false
  client.on('data', (data) => {
    counting ||= data.includes('incrby') || data.includes('INCRBY')
    server.write(data)
  })
  server.on('data', (data) => {
    if (!counting || proxy.done) return client.write(data)
    proxy.done = true
    client.destroy()
  })
  client.on('error', () => {}).on('close', () => server.destroy())
  server.on('error', () => {})
}).listen(`${socket}.proxy`)
const path = `${socket}.proxy`
const nodeRedis = createClient({ socket: { path } }).on('error', () => {})
await nodeRedis.connect()
const once = { autoResendUnfulfilledCommands: false }
const clients = {
  ioredis: (key) => new Redis(path).on('error', () => {}).incrby(key, 5),
  'ioredis, not resending': (key) => new Redis(path, once).on('error', () => {}).incrby(key, 5),
  'and with a timeout': (key) => new Redis(path, { ...once, commandTimeout: 1000 }).on('error', () => {}).incrby(key, 5),
  'node-redis': (key) => nodeRedis.incrBy(key, 5),
}
const direct = new Redis(socket)
for (const [name, add] of Object.entries(clients)) {
  proxy.done = false
  const answer = await Promise.race([
    add(name).then((value) => `succeeds with ${value}`, () => 'fails'),
    wait(3000, 'has no answer after 3 seconds'),
  ])
  console.log(`${name}: one call to add 5 ${answer}; Redis has ${await direct.get(name)}`)
}
process.exit()
JS
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/redis-server --port 0 --unixsocket "$folder/redis.socket" --save "" > redis.log &
until [ -S redis.socket ]; do kill -0 $! && sleep 0.1; done
echo 'ioredis 6.0.0, node-redis 6.3.1, Redis 7.0.15'
node try.mjs "$folder/redis.socket" | tee seen
[ "$(cat seen)" = 'ioredis: one call to add 5 succeeds with 10; Redis has 10
ioredis, not resending: one call to add 5 has no answer after 3 seconds; Redis has 5
and with a timeout: one call to add 5 fails; Redis has 5
node-redis: one call to add 5 fails; Redis has 5' ]
