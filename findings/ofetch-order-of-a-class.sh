#!/usr/bin/env bash
# One would guess that a client which makes JSON of an object makes it of each object. ofetch, the client of Nuxt, does so
# with plain objects, with lists, and with what has a method `toJSON`. An order that is an instance of a class is sent as
# the text [object Object], with the type of a text, or as JSON if one says that it is. And a text, such as a line of CSV,
# is said to be JSON. ky makes JSON of the one and calls the other a text; axios makes JSON of the one as well. Nobody is
# told before somebody reads it. What helps: `{ ...order }`, or a method `toJSON` in the class, and a content type for each
# text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts axios@1.21.1 ky@1.14.3 ofetch@1.5.1 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import axios from 'axios'
import ky from 'ky'
import { ofetch } from 'ofetch'
class Order {
  id = 15
  amount = 525
}
const server = createServer(async (req, res) => {
  const chunks = await req.toArray()
  const type = req.headers['content-type']?.split(';')[0] ?? 'no type'
  res.setHeader('Content-Type', 'text/plain').end(`${type} (${Buffer.concat(chunks)})`)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const address = `http://127.0.0.1:${server.address().port}/`
const bodies = { 'an object': { ...new Order() }, 'an instance': new Order(), 'a Map': new Map(Object.entries(new Order())), 'a text': 'id,amount' }
for (const [name, body] of Object.entries(bodies)) {
  const byOfetch = await ofetch(address, { method: 'POST', body })
  const byKy = await ky.post(address, typeof body === 'string' ? { body } : { json: body }).text()
  const byAxios = (await axios.post(address, body)).data
  console.log(`${name}: ofetch ${byOfetch}, ky ${byKy}, axios ${byAxios}`)
}
console.log(`an instance with its content type: ofetch ${await ofetch(address, { method: 'POST', body: new Order(), headers: { 'Content-Type': 'application/json' } })}`)
process.exit()
JS
echo 'ofetch 1.5.1, ky 1.14.3, axios 1.21.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'an object: ofetch application/json ({"id":15,"amount":525}), ky application/json ({"id":15,"amount":525}), axios application/json ({"id":15,"amount":525})
an instance: ofetch text/plain ([object Object]), ky application/json ({"id":15,"amount":525}), axios application/json ({"id":15,"amount":525})
a Map: ofetch text/plain ([object Map]), ky application/json ({}), axios application/json ({})
a text: ofetch application/json (id,amount), ky text/plain (id,amount), axios application/x-www-form-urlencoded (id,amount)
an instance with its content type: ofetch application/json ([object Object])' ]
