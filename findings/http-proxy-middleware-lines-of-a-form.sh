#!/usr/bin/env bash
# One would guess that `fixRequestBody` of http-proxy-middleware, made for a proxy behind Express's parsers of bodies, sends on
# what they have read. Of a form, it writes what Node's querystring makes of the object: `lines[0][id]=tea` becomes an empty
# `lines=`, so an order arrives without its lines, and `ids[]=1&ids[]=2` has other names. express-http-proxy, which needs no
# such function, writes `lines=[object Object]` and `ids=1,2`. The README of neither says so, and forms with plain fields pass.
# What helps: no parser in front of the proxy, or `express.raw({ type: '*/*' })` for express-http-proxy.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 http-proxy-middleware@3.0.11 express-http-proxy@2.1.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import express from 'express'
import expressHttpProxy from 'express-http-proxy'
import { createProxyMiddleware, fixRequestBody } from 'http-proxy-middleware'
const listen = async (app) => {
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}
const shop = express()
shop.post('/', express.urlencoded({ extended: true }), (req, res) => res.send(JSON.stringify(req.body)))
const target = await listen(shop)
const app = express()
const parser = express.urlencoded({ extended: true })
app.use('/no-parser', createProxyMiddleware({ target }))
app.use('/fixRequestBody', parser, createProxyMiddleware({ target, on: { proxyReq: fixRequestBody } }))
app.use('/express-http-proxy', parser, expressHttpProxy(target))
app.use('/express-http-proxy-raw', express.raw({ type: '*/*' }), expressHttpProxy(target))
const proxy = await listen(app)
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
const body = 'name=Ann&ids[]=1&ids[]=2&lines[0][id]=tea&lines[0][qty]=2'
for (const path of ['/no-parser', '/fixRequestBody', '/express-http-proxy', '/express-http-proxy-raw']) {
  const answer = await fetch(`${proxy}${path}/`, { method: 'POST', headers, body })
  console.log(`${path.slice(1)}: ${await answer.text()}`)
}
process.exit()
JS
echo 'http-proxy-middleware 3.0.11, express-http-proxy 2.1.2, express 5.3.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'no-parser: {"name":"Ann","ids":["1","2"],"lines":[{"id":"tea","qty":"2"}]}
fixRequestBody: {"name":"Ann","ids":["1","2"],"lines":""}
express-http-proxy: {"name":"Ann","ids":"1,2","lines":"[object Object]"}
express-http-proxy-raw: {"name":"Ann","ids":["1","2"],"lines":[{"id":"tea","qty":"2"}]}' ]
