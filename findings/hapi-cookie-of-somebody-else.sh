#!/usr/bin/env bash
# One would guess that a server leaves cookies alone that it doesn't know. hapi reads each cookie of a request by the letter of RFC
# 6265, before any handler: a value with a space, a comma or quotes, such as JSON that a script for banners or statistics has stored for
# the whole domain, makes each page `400 Invalid cookie value` for this browser, the front page and the pictures as well, until its
# cookies are deleted. Browsers store and send such values, Express, Fastify and Koa pass them on, and nobody sees it in a test, as it
# needs the other script. hapi's documentation lists `strictHeader` among the settings of cookies; it holds for those that nobody has
# defined, too. What helps: `state: { strictHeader: false }` among the options of the server, or `state: { ignoreErrors: true }`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hapi/hapi@21.4.10 fastify@5.12.8 @fastify/cookie@11.0.2 > /dev/null

cat > try.mjs << 'JS'
import { get } from 'node:http'
import cookie from '@fastify/cookie'
import Hapi from '@hapi/hapi'
import fastify from 'fastify'
const hapi = async (options) => {
  const server = Hapi.server({ host: '127.0.0.1', port: 0, ...options })
  server.route({ method: 'GET', path: '/', handler: ({ state }) => state.basket ?? 'no basket' })
  await server.start()
  return server.info.port
}
const inFastify = fastify().register(cookie)
inFastify.get('/', ({ cookies }) => cookies.basket ?? 'no basket')
await inFastify.listen({ host: '127.0.0.1', port: 0 })
const ports = {
  hapi: await hapi({}),
  'hapi, strictHeader: false': await hapi({ state: { strictHeader: false } }),
  'hapi, ignoreErrors: true': await hapi({ state: { ignoreErrors: true } }),
  fastify: inFastify.server.address().port,
}
for (const [name, port] of Object.entries(ports)) {
  const seen = []
  for (const other of ['', '; seen={"banner":1}', '; name=Tea Shop', '; sizes=S,M']) {
    seen.push(await new Promise((resolve) => {
      get({ port, headers: { cookie: `basket=7${other}` } }, (res) => res.once('data', (text) => {
        resolve(res.statusCode === 200 ? `200 ${text}` : `${res.statusCode} ${JSON.parse(text).message}`)
      }))
    }))
  }
  console.log(`${name}: ${seen.join('; ')}`)
}
process.exit()
JS
echo 'hapi 21.4.10, fastify 5.12.8, @fastify/cookie 11.0.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'hapi: 200 7; 400 Invalid cookie value; 400 Invalid cookie value; 400 Invalid cookie value
hapi, strictHeader: false: 200 7; 200 7; 200 7; 200 7
hapi, ignoreErrors: true: 200 7; 200 7; 200 7; 200 7
fastify: 200 7; 200 7; 200 7; 200 7' ]
