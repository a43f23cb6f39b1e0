#!/usr/bin/env bash
# One would guess that a download which a browser continues is of one file. It sends `If-Range` with the date or the tag of what
# it has, so that a server sends the rest only if the file is still the same, and the whole of it otherwise. sirv, serve-handler
# (the package `serve`), http-server and Hono's serveStatic read Range and not If-Range: they send the rest of another file, as
# 206, and the browser joins the two. A book that was replaced while somebody had half of it is broken, and a table has rows of
# two months. All four send the date that is to be compared. Express, Fastify and nginx compare it. What helps: to give a new
# version a new name, or to leave out Range in front of these: `delete req.headers.range`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 fastify@5.12.8 @fastify/static@10.1.11 hono@4.13.19 @hono/node-server@2.1.9 sirv@3.0.2 \
  serve-handler@6.1.8 http-server@14.1.1 > /dev/null
mkdir files

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import fastifyStatic from '@fastify/static'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import httpServer from 'http-server'
import serve from 'serve-handler'
import sirv from 'sirv'
const write = (text, day) => {
  writeFileSync('files/sales.csv', text)
  utimesSync('files/sales.csv', new Date(day), new Date(day))
}
const withFastify = fastify().register(fastifyStatic, { root: `${process.cwd()}/files` })
await withFastify.ready()
const handlers = {
  express: express().use(express.static('files')),
  fastify: (req, res) => withFastify.routing(req, res),
  sirv: (req, res) => sirv('files')(req, res),
  'serve-handler': (req, res) => serve(req, res, { public: 'files' }),
  'http-server': httpServer.createServer({ root: 'files' }).server.listeners('request')[0],
  hono: getRequestListener(new Hono().use(serveStatic({ root: 'files' })).fetch),
}
for (const [name, handler] of Object.entries(handlers)) {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/sales.csv`
  write('October\n1,5.25\n2,6.00\n', '2026-11-01')
  const before = await fetch(url)
  const half = (await before.text()).slice(0, 15) // then the connection was lost
  write('November\n8,7.00\n9,2.50\n', '2026-12-01')
  const headers = { Range: 'bytes=15-', 'If-Range': before.headers.get('last-modified') }
  const rest = await fetch(url, { headers })
  const text = rest.status === 206 ? half + (await rest.text()) : await rest.text()
  console.log(`${name}: ${rest.status}, ${JSON.stringify(text)}`)
}
process.exit()
JS
echo 'express 5.3.0, @fastify/static 10.1.11, sirv 3.0.2, serve-handler 6.1.8, http-server 14.1.1, @hono/node-server 2.1.9'
node --no-deprecation try.mjs | tee seen
[ "$(cat seen)" = 'express: 200, "November\n8,7.00\n9,2.50\n"
fastify: 200, "November\n8,7.00\n9,2.50\n"
sirv: 206, "October\n1,5.25\n\n9,2.50\n"
serve-handler: 206, "October\n1,5.25\n\n9,2.50\n"
http-server: 206, "October\n1,5.25\n\n9,2.50\n"
hono: 206, "October\n1,5.25\n\n9,2.50\n"' ]
