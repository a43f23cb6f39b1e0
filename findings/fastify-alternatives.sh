#!/usr/bin/env bash
# One would guess that a value which fits the second of two alternatives (`anyOf`, `oneOf`) stays as it came, and that a text
# which is allowed stays a text. Fastify has Ajv convert types, and Ajv converts for each alternative that it tries, in their
# order, and doesn't take it back. So the id "007", which may be an integer or a text, is 7; a null that is allowed is a price
# of 0; and "5.20", which the second kind of order wants as a text, has been a number for the first kind, and is "5.2" now.
# Fastify's manual only warns of the other order, where a 0 becomes null. What helps: texts first; one `type: [...]` or
# `nullable: true` instead of alternatives; `discriminator`, which tries one alternative only; or `coerceTypes: false` for
# bodies of JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fastify@5.12.8 > /dev/null

cat > try.cjs << 'JS'
const fastify = require('fastify')
const kinds = [
  { required: ['kind', 'price'], properties: { price: { type: 'number' }, kind: { const: 'number' } } },
  { required: ['kind', 'price'], properties: { price: { type: 'string' }, kind: { const: 'text' } } },
]
const one = (schema) => ({ type: 'object', properties: { value: schema } })
const tries = [
  ['integer or text', one({ anyOf: [{ type: 'integer' }, { type: 'string' }] }), { value: '007' }],
  ['text or integer', one({ anyOf: [{ type: 'string' }, { type: 'integer' }] }), { value: '007' }],
  ['number or null', one({ anyOf: [{ type: 'number' }, { type: 'null' }] }), { value: null }],
  ['a type of two', one({ type: ['number', 'null'] }), { value: null }],
  ['two kinds', { type: 'object', oneOf: kinds }, { kind: 'text', price: '5.20' }],
  ['with a discriminator', { type: 'object', required: ['kind'], discriminator: { propertyName: 'kind' }, oneOf: kinds },
    { kind: 'text', price: '5.20' }],
]
async function run() {
  for (const [name, body, payload] of tries) {
    const app = fastify({ ajv: { customOptions: { discriminator: true } } })
    app.post('/', { schema: { body } }, (request) => request.body)
    const answer = await app.inject({ method: 'POST', url: '/', payload })
    console.log(`${name}: ${JSON.stringify(payload)} is ${answer.body}`)
  }
}
run()
JS
echo "fastify 5.12.8, ajv $(node -p "require('ajv/package.json').version")"
node try.cjs | tee seen
[ "$(cat seen)" = 'integer or text: {"value":"007"} is {"value":7}
text or integer: {"value":"007"} is {"value":"007"}
number or null: {"value":null} is {"value":0}
a type of two: {"value":null} is {"value":null}
two kinds: {"kind":"text","price":"5.20"} is {"kind":"text","price":"5.2"}
with a discriminator: {"kind":"text","price":"5.20"} is {"kind":"text","price":"5.20"}' ]
