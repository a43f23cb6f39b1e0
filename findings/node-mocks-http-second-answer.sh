#!/usr/bin/env bash
# One would guess that a test of a handler which answers twice fails. A `return` is missing behind the refusal, so the handler goes on:
# in Express, the second answer throws, and so does the first test of it. node-mocks-http takes it, adds its text to that of the first, and keeps
# whatever status came last, so a test that looks for the status of the refusal passes as long as the second answer sets none. It
# also takes `send(201)` for a status with no text, as Express 3 did, and `cookie()` sets no header. What helps: supertest, which asks a real server.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-mocks-http@1.18.1 express@5.3.0 supertest@7.3.2 > /dev/null

cat > try.mjs << 'JS'
import express from 'express'
import mocks from 'node-mocks-http'
import supertest from 'supertest'
const handlers = {
  'answers twice': (req, res) => {
    if (!req.query.paid) res.status(402).json({ error: 'unpaid' })
    res.json({ file: 'tea.pdf' })
  },
  'sends after a redirect': (req, res) => {
    res.redirect('/pay')
    res.send('tea.pdf')
  },
  'sets a header afterwards': (req, res) => {
    res.send('tea')
    res.set('Cache-Control', 'no-store')
  },
}
for (const [name, handler] of Object.entries(handlers)) {
  const res = mocks.createResponse()
  handler(mocks.createRequest({ url: '/' }), res)
  let thrown = 'nothing'
  const app = express().get('/', (req, res) => {
    try {
      handler(req, res)
    } catch (error) {
      thrown = error.code
    }
  })
  const { status, text } = await supertest(app).get('/')
  console.log(`${name}:`)
  console.log(`  node-mocks-http: ${res.statusCode} ${res._getData()}, throws nothing`)
  console.log(`  Express: ${status} ${text}, throws ${thrown}`)
}
JS
echo 'node-mocks-http 1.18.1, Express 5.3.0, supertest 7.3.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'answers twice:
  node-mocks-http: 402 {"error":"unpaid"}{"file":"tea.pdf"}, throws nothing
  Express: 402 {"error":"unpaid"}, throws ERR_HTTP_HEADERS_SENT
sends after a redirect:
  node-mocks-http: 302 tea.pdf, throws nothing
  Express: 302 Found. Redirecting to /pay, throws ERR_HTTP_HEADERS_SENT
sets a header afterwards:
  node-mocks-http: 200 tea, throws nothing
  Express: 200 tea, throws ERR_HTTP_HEADERS_SENT' ]
