#!/usr/bin/env bash
# One would guess that a text is sent as it is, since whoever has signed it has made its bytes already. With the type
# application/json, axios parses a text that it is given. If that works, it sends the text without the spaces and line breaks at
# both ends; if not, it sends the text in quotes, as a JSON string. A webhook that was read from a file, or written with a line
# feed at its end, arrives one byte shorter, and the signature over it is wrong, though the JSON means the same. fetch, got and
# superagent send what they are given, and so does axios with another type, or with a Buffer, which is what helps. Nickel reads
# such deliveries byte by byte, and rejects them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts axios@1.21.1 got@14.6.6 superagent@10.4.2 > /dev/null

cat > try.mjs << 'JS'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import axios from 'axios'
import got from 'got'
import superagent from 'superagent'
const sign = (bytes) => createHmac('sha256', 'secret').update(bytes).digest('hex')
const server = createServer(async (req, res) => {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  res.end(`${body.length} bytes, ${sign(body) === req.headers['x-signature'] ? 'verified' : 'wrong signature'}`)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}/`
const clients = {
  fetch: async (body, headers) => (await fetch(url, { method: 'POST', body, headers })).text(),
  got: (body, headers) => got.post(url, { body, headers }).text(),
  superagent: async (body, headers) => (await superagent.post(url).set(headers).buffer(true).send(body)).text,
  axios: async (body, headers) => (await axios.post(url, body, { headers })).data,
  'axios with a Buffer': async (body, headers) => (await axios.post(url, Buffer.from(body), { headers })).data,
}
for (const text of ['{"paid":5.25}', '{"paid":5.25}\n', 'eyJhbGciOiJFZERTQSJ9.e30.c2ln']) {
  console.log(`${JSON.stringify(text)}, ${text.length} bytes`)
  for (const [name, send] of Object.entries(clients)) {
    console.log(`  ${name}: ${await send(text, { 'content-type': 'application/json', 'x-signature': sign(text) })}`)
  }
}
server.close()
server.closeAllConnections()
JS
echo 'axios 1.21.1, got 14.6.6, superagent 10.4.2'
node try.mjs | tee seen
[ "$(cat seen)" = '"{\"paid\":5.25}", 13 bytes
  fetch: 13 bytes, verified
  got: 13 bytes, verified
  superagent: 13 bytes, verified
  axios: 13 bytes, verified
  axios with a Buffer: 13 bytes, verified
"{\"paid\":5.25}\n", 14 bytes
  fetch: 14 bytes, verified
  got: 14 bytes, verified
  superagent: 14 bytes, verified
  axios: 13 bytes, wrong signature
  axios with a Buffer: 14 bytes, verified
"eyJhbGciOiJFZERTQSJ9.e30.c2ln", 29 bytes
  fetch: 29 bytes, verified
  got: 29 bytes, verified
  superagent: 29 bytes, verified
  axios: 31 bytes, wrong signature
  axios with a Buffer: 29 bytes, verified' ]
