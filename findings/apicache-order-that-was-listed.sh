#!/usr/bin/env bash
# One would guess that a middleware which caches the answers of an application caches those to GET, as browsers and proxies do,
# and heeds `Vary`. apicache's key is the address alone. With `app.use(apicache.middleware('5 minutes'))`, as its README shows,
# the first request for an address is the answer to all of them: behind GET /orders, a POST to /orders gets the list with status
# 200, and no order is made; a DELETE gets it, and nothing is deleted. Whoever asks first for a page decides its language for
# five minutes, though the application has said `Vary: Accept-Language`. What helps: `appendKey` with the method and whatever
# else the answers depend on, or the middleware on routes of GET only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 apicache@1.6.3 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import apicache from 'apicache'
import express from 'express'
const run = async (name, options) => {
  const orders = ['tea']
  const app = express()
  app.use(apicache.newInstance(options).middleware('5 minutes'))
  app.get('/orders', (req, res) => res.json(orders))
  app.post('/orders', (req, res) => res.status(201).json({ number: orders.push('coffee') }))
  app.delete('/orders', (req, res) => res.json({ deleted: orders.splice(0).length }))
  app.get('/page', (req, res) => res.vary('Accept-Language').send(req.acceptsLanguages('en', 'de')))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  for (const [method, path, language] of [['GET', '/orders'], ['POST', '/orders'], ['DELETE', '/orders'], ['GET', '/page', 'de'], ['GET', '/page', 'en']]) {
    const headers = { 'accept-language': language ?? 'en' }
    const answer = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method, headers })
    console.log(`${name}: ${[method, path, language].filter(Boolean).join(' ')}: ${answer.status} ${await answer.text()}`)
  }
}
await run('apicache')
await run('helped', { appendKey: (req) => req.method + (req.headers['accept-language'] ?? '') })
process.exit()
JS
echo 'apicache 1.6.3, express 5.3.0'
node --no-deprecation try.mjs | tee seen
[ "$(cat seen)" = 'apicache: GET /orders: 200 ["tea"]
apicache: POST /orders: 200 ["tea"]
apicache: DELETE /orders: 200 ["tea"]
apicache: GET /page de: 200 de
apicache: GET /page en: 200 de
helped: GET /orders: 200 ["tea"]
helped: POST /orders: 201 {"number":2}
helped: DELETE /orders: 200 {"deleted":2}
helped: GET /page de: 200 de
helped: GET /page en: 200 en' ]
