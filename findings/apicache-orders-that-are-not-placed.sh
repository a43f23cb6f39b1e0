#!/usr/bin/env bash
# One would guess that a cache for all routes keeps the answers to GET, and lets orders through. apicache and route-cache know
# an answer by its address alone. Once somebody has listed the orders, a POST to the same address gets that list, with 200, and
# no order is placed; a DELETE gets it as well, and deletes nothing. The other way round, the answer to the first POST is what
# all who list the orders see. So it depends on who came first, and a client that looks for `ok` sees nothing wrong. apicache's
# README has a key per method as an example, far behind the middleware for all routes. What helps: to add them to GET routes
# only, or `(req) => req.method === 'GET'` as the second argument of apicache's middleware.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund apicache@1.6.3 route-cache@0.7.1 express@5.3.0 > /dev/null

cat > try.cjs << 'JS'
const apicache = require('apicache')
const express = require('express')
const routeCache = require('route-cache')
async function tryWith(name, cache, methods) {
  const orders = []
  const app = express().use(cache)
  app.get('/orders', (req, res) => res.json(orders))
  app.post('/orders', (req, res) => res.status(201).json({ id: orders.push('order') }))
  app.delete('/orders', (req, res) => res.json({ deleted: orders.splice(0).length }))
  const server = await new Promise((done) => {
    const listening = app.listen(0, '127.0.0.1', () => done(listening))
  })
  const answers = []
  for (const method of methods) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/orders`, { method })
    answers.push(`${method} ${answer.status} ${await answer.text()}`)
  }
  console.log(`${name}: ${answers.join(', ')}; ${orders.length} orders`)
  server.close()
  server.closeAllConnections()
}
const isGet = (req) => req.method === 'GET'
const own = () => apicache.newInstance()
;(async () => {
  await tryWith('apicache', own().middleware('1 minute'), ['GET', 'POST', 'POST', 'DELETE'])
  await tryWith('apicache', own().middleware('1 minute'), ['POST', 'POST', 'GET'])
  await tryWith('apicache of GET', own().middleware('1 minute', isGet), ['GET', 'POST', 'POST', 'DELETE'])
  await tryWith('route-cache', routeCache.cacheSeconds(60), ['GET', 'POST', 'POST', 'DELETE'])
  process.exit()
})()
JS
echo 'apicache 1.6.3, route-cache 0.7.1, express 5.3.0'
node try.cjs | tee seen
[ "$(cat seen)" = 'apicache: GET 200 [], POST 200 [], POST 200 [], DELETE 200 []; 0 orders
apicache: POST 201 {"id":1}, POST 201 {"id":1}, GET 201 {"id":1}; 1 orders
apicache of GET: GET 200 [], POST 201 {"id":1}, POST 201 {"id":2}, DELETE 200 {"deleted":2}; 0 orders
route-cache: GET 200 [], POST 200 [], POST 200 [], DELETE 200 []; 0 orders' ]
