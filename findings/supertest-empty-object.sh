#!/usr/bin/env bash
# One would guess that `.expect(200, {})` of supertest passes for the empty object of JSON, and for nothing else. It compares with
# `body`, and `body` is an empty object for every answer that isn't read as JSON or a form: a page with an error, a CSV of all
# orders, a feed, a stream of events. So an endpoint that should have nothing to say may say anything. What helps: `.expect('{}')`,
# which compares the text, or `.expect('Content-Type', /json/)` beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund supertest@7.3.2 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import request from 'supertest'
const answers = [
  ['application/json', '{}'],
  ['application/json', '{"paid":true}'],
  ['text/html', '<h1>Something failed</h1>'],
  ['text/csv', 'ada@shop.example,5.25'],
  ['application/atom+xml', '<feed/>'],
  ['application/x-ndjson', '{"paid":true}\n{"paid":true}\n'],
]
const server = createServer((req, res) => {
  const [type, body] = answers[Number(req.url.slice(1))]
  res.setHeader('Content-Type', type)
  res.end(body)
})
for (const [i, [type, body]] of answers.entries()) {
  const judge = (expected) => request(server).get(`/${i}`).expect(200, expected).then(() => 'passes', () => 'fails')
  console.log(`${type} ${JSON.stringify(body)}: {} ${await judge({})}, '{}' ${await judge('{}')}`)
}
JS
echo 'supertest 7.3.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'application/json "{}": {} passes, '"'{}'"' passes
application/json "{\"paid\":true}": {} fails, '"'{}'"' fails
text/html "<h1>Something failed</h1>": {} passes, '"'{}'"' fails
text/csv "ada@shop.example,5.25": {} passes, '"'{}'"' fails
application/atom+xml "<feed/>": {} passes, '"'{}'"' fails
application/x-ndjson "{\"paid\":true}\n{\"paid\":true}\n": {} passes, '"'{}'"' fails' ]
