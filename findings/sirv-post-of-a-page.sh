#!/usr/bin/env bash
# One would guess that a server of files answers GET and HEAD. sirv doesn't look at the method: it answers a POST, PUT or DELETE
# with the page and 200. With `single`, for an application of one page, each address without a file gets index.html. So a
# webhook to an address that has moved, or whose handler stands behind sirv, counts as delivered: its sender tries no more, no
# order is paid, and the log says 200. A program that deletes an order through it is told 200 as well. serve-handler, of the
# package `serve`, does the same with `rewrites`. express.static passes other methods on to what stands behind it. What helps:
# the files behind all else, and a 405 in front of them for what is neither GET nor HEAD.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 sirv@3.0.2 serve-handler@6.1.8 > /dev/null
mkdir files
echo '<title>Shop</title>' > files/index.html

cat > try.mjs << 'JS'
import { once } from 'node:events'
import express from 'express'
import serve from 'serve-handler'
import sirv from 'sirv'
const single = sirv('files', { single: true })
const isRead = (req) => req.method === 'GET' || req.method === 'HEAD'
const files = {
  'express.static': express.static('files'),
  sirv: single,
  'serve-handler': (req, res) => serve(req, res, { public: 'files', rewrites: [{ source: '**', destination: '/index.html' }] }),
  'sirv, helped': (req, res, next) => (isRead(req) ? single(req, res, next) : next()),
}
for (const [name, handler] of Object.entries(files)) {
  const app = express().use(handler)
  app.post('/webhooks/code', (_req, res) => res.status(204).end())
  app.delete('/orders/7', (_req, res) => res.status(204).end())
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  for (const [method, path] of [['POST', '/webhooks/code'], ['DELETE', '/orders/7'], ['POST', '/webhooks/old']]) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method, body: '{}' })
    const text = await answer.text()
    console.log(`${name}, ${method} ${path}: ${answer.status}${text.includes('Shop') ? ' and the page' : ''}`)
  }
}
process.exit()
JS
echo 'sirv 3.0.2, serve-handler 6.1.8, express 5.3.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'express.static, POST /webhooks/code: 204
express.static, DELETE /orders/7: 204
express.static, POST /webhooks/old: 404
sirv, POST /webhooks/code: 200 and the page
sirv, DELETE /orders/7: 200 and the page
sirv, POST /webhooks/old: 200 and the page
serve-handler, POST /webhooks/code: 200 and the page
serve-handler, DELETE /orders/7: 200 and the page
serve-handler, POST /webhooks/old: 200 and the page
sirv, helped, POST /webhooks/code: 204
sirv, helped, DELETE /orders/7: 204
sirv, helped, POST /webhooks/old: 404' ]
