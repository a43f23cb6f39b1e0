#!/usr/bin/env bash
# One would guess that a log tells a download that was cut off from one that has arrived, since its line is written at the end.
# morgan's `combined` has the status and the Content-Length, both from the headers: a file of 50 MB, of which a part was sent,
# is "200 50000000", letter by letter the line of a complete one. A report of traffic or downloads from that log counts too
# much, and nobody sees that large files break. Its README has only the case that no answer had begun. pino-http says "request
# aborted" and Fastify "stream closed prematurely", both with 200, and nginx and Apache log the bytes that they have sent. What
# helps: a token for morgan that looks at `res.writableFinished`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 fastify@5.12.8 morgan@1.12.1 pino@10.4.0 pino-http@11.0.0 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import express from 'express'
import Fastify from 'fastify'
import morgan from 'morgan'
import pinoHttp from 'pino-http'
const SIZE = 50_000_000
const lines = []
async function* bytes() {
  for (let sent = 0; sent < SIZE; sent += 1_000_000) yield Buffer.alloc(1_000_000)
}
const file = () => Readable.from(bytes()).on('error', () => {})
const write = (line) => {
  if (line[0] !== '{') return lines.push(line.trim())
  const { msg, res } = JSON.parse(line)
  if (res) lines.push(`${msg}, ${res.statusCode}`)
}
morgan.token('finished', (req, res) => (res.writableFinished ? 'complete' : 'cut off'))
const send = (req, res) => file().pipe(res.set('Content-Length', String(SIZE)))
const combined = ':method :url :status :res[content-length]' // as in morgan's `combined`, without what differs each time
const fastify = Fastify({ logger: { stream: { write } } })
fastify.get('/', (req, reply) => reply.header('Content-Length', SIZE).send(file()))
await fastify.ready()
await fastify.listen({ port: 0, host: '127.0.0.1' })
const servers = {
  morgan: createServer(express().use(morgan(combined, { stream: { write } })).get('/', send)),
  'morgan, helped': createServer(express().use(morgan(`${combined} :finished`, { stream: { write } })).get('/', send)),
  'pino-http': createServer(express().use(pinoHttp({}, { write })).get('/', send)),
  fastify: fastify.server,
}
for (const [name, server] of Object.entries(servers)) {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
  for (const limit of [Infinity, 3_000_000]) {
    const [answer] = await once(get({ port: server.address().port, agent: false }), 'response')
    let received = 0
    for await (const chunk of answer) {
      received += chunk.length
      if (received > limit) break // ends the connection
    }
    while (lines.length === 0) await wait(10)
    console.log(`${name}, ${received === SIZE ? 'all' : 'a part'}: ${lines.splice(0).join('; ')}`)
  }
}
process.exit()
JS
echo 'morgan 1.12.1, pino-http 11.0.0, fastify 5.12.8'
node try.mjs | tee seen
[ "$(cat seen)" = 'morgan, all: GET / 200 50000000
morgan, a part: GET / 200 50000000
morgan, helped, all: GET / 200 50000000 complete
morgan, helped, a part: GET / 200 50000000 cut off
pino-http, all: request completed, 200
pino-http, a part: request aborted, 200
fastify, all: request completed, 200
fastify, a part: stream closed prematurely, 200' ]
