#!/usr/bin/env bash
# One would guess that a gateway which tries again waits for as long as the server behind it has asked. @fastify/reply-from, on
# which @fastify/http-proxy is built, tries a GET again that was answered with 503, up to ten times, and takes the number of
# Retry-After, which is one of seconds, for milliseconds: `Retry-After: 2` makes eleven requests at once. A server that is
# overloaded and says so gets eleven times the load, and the buyer gets the 503 all the same. A date, the other form of the
# header, is no number, so the requests follow at once as well. `maxRetriesOn503` does nothing among the options of the plugin,
# where its README lists it; for a single call it works, except that 0 is 10. What helps: `retryDelay` for the call, a function
# that gives milliseconds or null.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fastify@5.12.8 @fastify/reply-from@12.6.5 @fastify/http-proxy@11.6.3 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import proxy from '@fastify/http-proxy'
import from from '@fastify/reply-from'
import fastify from 'fastify'
const times = []
const origin = createServer(({ url }, res) => {
  times.push(Date.now())
  const later = new Date(Date.now() + 2000).toUTCString()
  res.writeHead(503, { 'Retry-After': url === '/date' ? later : '2' }).end()
})
await new Promise((done) => origin.listen(0, '127.0.0.1', done))
const upstream = `http://127.0.0.1:${origin.address().port}`
const own = ({ res, attempt }) => (res?.statusCode === 503 && attempt < 1 ? Number(res.headers['retry-after']) * 1000 : null)
const of = (options, ofCall) =>
  fastify().register(from, { base: upstream, ...options }).get('/*', (request, reply) => reply.from(request.url, ofCall))
const gateways = {
  'http-proxy': fastify().register(proxy, { upstream }),
  'reply-from': of(),
  'maxRetriesOn503: 1 for the plugin': of({ maxRetriesOn503: 1 }),
  'maxRetriesOn503: 0 for the call': of({}, { maxRetriesOn503: 0 }),
  'maxRetriesOn503: 1 for the call': of({}, { maxRetriesOn503: 1 }),
  'retryDelay for the call': of({}, { retryDelay: own }),
}
for (const [name, gateway] of Object.entries(gateways)) {
  const address = await gateway.listen({ port: 0, host: '127.0.0.1' })
  for (const path of name.includes('the') ? ['/2'] : ['/2', '/date']) {
    times.length = 0
    const { status } = await fetch(address + path)
    const took = times.at(-1) - times[0] < 1500 ? 'less than 1.5 s' : 'two seconds'
    console.log(`${name}, ${path}: ${times.length} requests in ${took}, ${status}`)
  }
}
process.exit()
JS
echo 'fastify 5.12.8, @fastify/reply-from 12.6.5, @fastify/http-proxy 11.6.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'http-proxy, /2: 11 requests in less than 1.5 s, 503
http-proxy, /date: 11 requests in less than 1.5 s, 503
reply-from, /2: 11 requests in less than 1.5 s, 503
reply-from, /date: 11 requests in less than 1.5 s, 503
maxRetriesOn503: 1 for the plugin, /2: 11 requests in less than 1.5 s, 503
maxRetriesOn503: 0 for the call, /2: 11 requests in less than 1.5 s, 503
maxRetriesOn503: 1 for the call, /2: 2 requests in less than 1.5 s, 503
retryDelay for the call, /2: 2 requests in two seconds, 503' ]
