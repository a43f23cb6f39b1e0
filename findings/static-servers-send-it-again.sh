#!/usr/bin/env bash
# One would guess that a server of files which says `Last-Modified` compares it when a client sends it back in `If-Modified-Since`, and
# says 304. koa-static, sirv, Hono's serveStatic and serve-handler (the package `serve`) say when a file was changed, and send all of it
# to everybody who asks whether it has changed since: a feed of a megabyte each quarter of an hour to each reader, and to each `curl -z`
# of a nightly job. sirv and serve-handler compare a tag, if tags are switched on; Hono and Koa leave it to middlewares, and
# koa-conditional-get alone is enough for dates. Express and Fastify say 304. What helps: `etag: true` for sirv and serve-handler, which
# does nothing for clients that only know the date, or a server in front.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 fastify@5.12.8 @fastify/static@10.1.11 hono@4.13.19 @hono/node-server@2.1.9 \
  koa@3.3.0 koa-static@5.0.0 koa-conditional-get@3.0.0 sirv@3.0.2 serve-handler@6.1.8 > /dev/null
mkdir files
echo 'tea,5.25' > files/prices.csv

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import fastifyStatic from '@fastify/static'
import { serveStatic } from '@hono/node-server/serve-static'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import conditional from 'koa-conditional-get'
import koaStatic from 'koa-static'
import serveHandler from 'serve-handler'
import sirv from 'sirv'
const inFastify = fastify().register(fastifyStatic, { root: `${process.cwd()}/files` })
await inFastify.ready()
const handlers = {
  express: express().use(express.static('files')),
  fastify: inFastify.routing,
  sirv: sirv('files'),
  'sirv, etag': sirv('files', { etag: true }),
  'serve-handler': (req, res) => serveHandler(req, res, { public: 'files' }),
  'serve-handler, etag': (req, res) => serveHandler(req, res, { public: 'files', etag: true }),
  'koa-static': new Koa().use(koaStatic('files')).callback(),
  'koa-static, koa-conditional-get': new Koa().use(conditional()).use(koaStatic('files')).callback(),
  hono: getRequestListener(new Hono().get('/*', serveStatic({ root: 'files' })).fetch),
}
for (const [name, handler] of Object.entries(handlers)) {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const ask = (headers) => new Promise((resolve) => {
    get({ port: server.address().port, path: '/prices.csv', headers }, (res) => resolve(res.resume()))
  })
  const { headers } = await ask()
  const time = headers['last-modified']
  const byTime = time ? `${(await ask({ 'If-Modified-Since': time })).statusCode} for its date` : 'no date'
  const byTag = headers.etag ? `${(await ask({ 'If-None-Match': headers.etag })).statusCode} for its tag` : 'no tag'
  console.log(`${name}: ${byTime}, ${byTag}`)
}
process.exit()
JS
echo 'sirv 3.0.2, serve-handler 6.1.8, koa-static 5.0.0, hono 4.13.19, @hono/node-server 2.1.9, express 5.3.0, @fastify/static 10.1.11'
node try.mjs | tee seen
[ "$(cat seen)" = 'express: 304 for its date, 304 for its tag
fastify: 304 for its date, 304 for its tag
sirv: 200 for its date, no tag
sirv, etag: 200 for its date, 304 for its tag
serve-handler: 200 for its date, no tag
serve-handler, etag: no date, 304 for its tag
koa-static: 200 for its date, no tag
koa-static, koa-conditional-get: 304 for its date, no tag
hono: 200 for its date, no tag' ]
