#!/usr/bin/env bash
# One would guess that a schema for answers checks them, or leaves out what isn't in it. Fastify's converts them: null is 0 for
# a number, and an empty text, false, an empty object or list for the other types; a fraction of an `integer` is cut off. So a
# refund whose amount isn't known yet (null in the database) is a refund of 0 in the API, and a price of 5.99 is 5. As a schema
# for requests, without conversion, the same one refuses null. It's documented in fast-json-stringify, which does it; Fastify's
# own pages speak of speed and of fields that are left out. What helps: `nullable: true`, and `number` for what may have a
# fraction. (With `type: ['integer', 'null']`, null stays, and 5.99 is an error 500.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fastify@5.12.8 fast-json-stringify@7.3.10 > /dev/null

cat > try.cjs << 'JS'
const fastify = require('fastify')
const order = { refunded: null, price: 5.99, note: null, isPaid: null, buyer: null, items: null }
const types = { refunded: 'number', price: 'integer', note: 'string', isPaid: 'boolean', buyer: 'object', items: 'array' }
const schema = (change) => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(types).map(([name, type]) => [name, change(type)])),
})
const app = fastify({ ajv: { customOptions: { coerceTypes: false } } })
app.get('/no-schema', () => order)
app.get('/schema', { schema: { response: { 200: schema((type) => ({ type })) } } }, () => order)
app.get('/nullable', { schema: { response: { 200: schema((type) => ({ type, nullable: true })) } } }, () => order)
app.get('/two-types', { schema: { response: { 200: schema((type) => ({ type: [type, 'null'] })) } } }, () => order)
app.post('/request', { schema: { body: schema((type) => ({ type })) } }, () => 'accepted')
async function run() {
  for (const path of ['/no-schema', '/schema', '/nullable', '/two-types']) {
    const { statusCode, body } = await app.inject(path)
    console.log(`${path}: ${statusCode === 200 ? body : statusCode}`)
  }
  const answer = await app.inject({ method: 'POST', url: '/request', payload: order })
  console.log(`/request: ${answer.json().message}`)
}
run()
JS
echo "fastify 5.12.8, fast-json-stringify 7.3.10"
node try.cjs | tee seen
[ "$(cat seen)" = '/no-schema: {"refunded":null,"price":5.99,"note":null,"isPaid":null,"buyer":null,"items":null}
/schema: {"refunded":0,"price":5,"note":"","isPaid":false,"buyer":{},"items":[]}
/nullable: {"refunded":null,"price":5,"note":null,"isPaid":null,"buyer":null,"items":null}
/two-types: 500
/request: body/refunded must be number' ]
