#!/usr/bin/env bash
# One would guess that a page which hasn't changed is a 304 with the other headers that its handler has set, as in Express and
# Koa. The `etag` of Hono keeps six headers of a 304 and removes all others, Set-Cookie as well. A session that gets a new name
# or a new end with each page gets none with a page that is the same, so a visitor who reloads one is logged out, while others
# go from page to page. It's only seen with a client that sends If-None-Match, as browsers do and most tests don't. The site of
# Hono has a list of the six. What helps: `etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'set-cookie'] })`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hono@4.13.19 @hono/node-server@2.1.9 express@5.3.0 koa@3.3.0 koa-conditional-get@3.0.0 @koa/etag@5.0.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import Koa from 'koa'
import conditional from 'koa-conditional-get'
import koaEtag from '@koa/etag'
// Each answer renews the session: the cookie of the last one is the only one that counts.
const sessions = () => {
  let number = 1
  return (cookie) => (cookie && cookie !== `sid=${number}` ? 'logged out' : ((number += 1), `sid=${number}`))
}
const ofHono = (options) => {
  const renew = sessions()
  const app = new Hono().use(etag(options)).get('/', (c) => {
    const next = renew(c.req.header('cookie'))
    if (next === 'logged out') return c.text(next, 401)
    c.header('Set-Cookie', next)
    return c.text('page')
  })
  return getRequestListener(app.fetch)
}
const ofExpress = (renew) => express().get('/', (req, res) => {
  const next = renew(req.headers.cookie)
  if (next === 'logged out') res.status(401).send(next)
  else res.setHeader('Set-Cookie', next).send('page')
})
const ofKoa = (renew) => new Koa().use(conditional()).use(koaEtag()).use((ctx) => {
  const next = renew(ctx.get('cookie'))
  if (next === 'logged out') return ctx.throw(401)
  ctx.set('Set-Cookie', next)
  ctx.body = 'page'
})
const handlers = {
  hono: ofHono(),
  'hono with retainedHeaders': ofHono({ retainedHeaders: [...RETAINED_304_HEADERS, 'set-cookie'] }),
  express: ofExpress(sessions()),
  koa: ofKoa(sessions()).callback(),
}
for (const [name, handler] of Object.entries(handlers)) {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const headers = {}
  const seen = []
  for (const _ of [1, 2, 3]) {
    // Not with fetch, which asks for a new page each time it is given an If-None-Match
    const [answer] = await once(get({ port: server.address().port, headers }), 'response')
    answer.resume()
    const [cookie] = answer.headers['set-cookie'] ?? []
    if (cookie) headers.cookie = cookie
    headers['if-none-match'] = answer.headers.etag ?? ''
    seen.push(`${answer.statusCode} ${cookie ? 'and a new session' : 'without a session'}`)
  }
  console.log(`${name}: ${seen.join(', ')}`)
}
process.exit()
JS
echo 'hono 4.13.19, express 5.3.0, koa 3.3.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'hono: 200 and a new session, 304 without a session, 401 without a session
hono with retainedHeaders: 200 and a new session, 304 and a new session, 304 and a new session
express: 200 and a new session, 304 and a new session, 304 and a new session
koa: 200 and a new session, 304 and a new session, 304 and a new session' ]
