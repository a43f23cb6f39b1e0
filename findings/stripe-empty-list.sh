#!/usr/bin/env bash
# One would guess that a list which is set to [] is empty afterwards, or that the call fails. Stripe's library for Node turns the fields
# of an update into the text of a form, in which an empty list or object leaves no trace. So an update with `images: []` or `metadata:
# {}` sends nothing at all, is answered with 200, and all pictures are still there. `null` is sent, as an empty text, which clears a
# field. A form with one picture left works, so it fails only with the last one. What helps: '' or null in place of [] and {}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund stripe@23.1.0 > /dev/null

cat > try.cjs << 'JS'
const { createServer } = require('node:http')
const Stripe = require('stripe')
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  console.log(`  sent: ${JSON.stringify(decodeURIComponent(body))}`)
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"prod_1","object":"product"}')
})
server.listen(0, '127.0.0.1', async () => {
  const stripe = new Stripe('sk_test_of_no_shop', { host: '127.0.0.1', port: server.address().port, protocol: 'http', telemetry: false })
  for (const change of [{ images: ['a.png'] }, { images: [] }, { metadata: {} }, { images: '' }, { metadata: null }, { name: 'Tea', images: [] }]) {
    console.log(JSON.stringify(change))
    const { lastResponse } = await stripe.products.update('prod_1', change)
    console.log(`  answer: ${lastResponse.statusCode}`)
  }
  server.close()
})
JS
echo "stripe $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/stripe/package.json")).version')"
node try.cjs | tee seen
[ "$(cat seen)" = '{"images":["a.png"]}
  sent: "images[0]=a.png"
  answer: 200
{"images":[]}
  sent: ""
  answer: 200
{"metadata":{}}
  sent: ""
  answer: 200
{"images":""}
  sent: "images="
  answer: 200
{"metadata":null}
  sent: "metadata="
  answer: 200
{"name":"Tea","images":[]}
  sent: "name=Tea"
  answer: 200' ]
