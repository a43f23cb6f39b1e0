#!/usr/bin/env bash
# One would guess that a gateway passes on what it was sent. `reply.from()` of @fastify/reply-from sends what Fastify has made
# of the body, written as JSON again: 5.00 is 5, an id of twenty digits ends in zeros, and the line break behind it is gone. A
# webhook whose signature is over its bytes is refused behind such a gateway whenever its body isn't written as JSON.stringify()
# writes it, and where nobody verifies, it's a payment of another id. `@fastify/http-proxy`, which is built on it, passes on the bytes. What helps: a parser that gives the
# stream itself, `(request, payload, done) => done(null, payload)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fastify@5.12.8 @fastify/reply-from@12.6.5 @fastify/http-proxy@11.6.3 > /dev/null

cat > try.mjs << 'JS'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import proxy from '@fastify/http-proxy'
import from from '@fastify/reply-from'
import fastify from 'fastify'
const sign = (bytes) => createHmac('sha256', 'secret').update(bytes).digest('hex')
const origin = createServer(async (req, res) => {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  res.end(`${sign(body) === req.headers['x-signature'] ? 'verified' : 'wrong signature'}, ${JSON.stringify(body.toString())}`)
})
await new Promise((done) => origin.listen(0, '127.0.0.1', done))
const upstream = `http://127.0.0.1:${origin.address().port}`
const of = () => fastify().register(from, { base: upstream }).post('/', (request, reply) => reply.from('/'))
const gateways = {
  'http-proxy': fastify().register(proxy, { upstream }),
  'reply-from': of(),
  'reply-from, helped': of().addContentTypeParser('application/json', (_request, payload, done) => done(null, payload)),
}
const body = '{"id":12345678901234567890,"paid":5.00}\n'
const headers = { 'content-type': 'application/json', 'x-signature': sign(body) }
for (const [name, gateway] of Object.entries(gateways)) {
  const address = await gateway.listen({ port: 0, host: '127.0.0.1' })
  console.log(`${name}: ${await (await fetch(address, { method: 'POST', body, headers })).text()}`)
}
process.exit()
JS
echo 'fastify 5.12.8, @fastify/reply-from 12.6.5, @fastify/http-proxy 11.6.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'http-proxy: verified, "{\"id\":12345678901234567890,\"paid\":5.00}\n"
reply-from: wrong signature, "{\"id\":12345678901234567000,\"paid\":5}"
reply-from, helped: verified, "{\"id\":12345678901234567890,\"paid\":5.00}\n"' ]
