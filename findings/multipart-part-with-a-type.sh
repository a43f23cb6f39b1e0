#!/usr/bin/env bash
# One would guess that a part of a form is a field if it has no file name, and that all parsers agree. RFC 7578 lets each part
# have a type, and clients in Java or Python give `application/json` to a part of JSON, and `application/octet-stream` to bytes.
# multer loses the second: it is neither among the fields nor among the files, and there is no error, so an order arrives
# without its lines. formidable makes files of all that have a type, also `text/plain`. Node's own formData, and so Hono, has
# fields only, and @fastify/multipart has one of each. What helps: no type for parts that are fields, and a file name for parts
# that aren't.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 multer@2.5.0 formidable@3.5.4 fastify@5.12.8 @fastify/multipart@10.1.9 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import fastifyMultipart from '@fastify/multipart'
import express from 'express'
import Fastify from 'fastify'
import formidable from 'formidable'
import multer from 'multer'
const list = (names) => names.join(', ') || 'none'
const app = express()
app.post('/multer', multer().any(), (req, res) => {
  res.send(`fields ${list(Object.keys(req.body))}; files ${list(req.files.map(({ fieldname }) => fieldname))}`)
})
app.post('/formidable', async (req, res) => {
  const [fields, files] = await formidable({ uploadDir: '.' }).parse(req)
  res.send(`fields ${list(Object.keys(fields))}; files ${list(Object.keys(files))}`)
})
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const fastify = Fastify()
await fastify.register(fastifyMultipart)
fastify.post('/fastify', async (req) => {
  const found = { field: [], file: [] }
  for await (const part of req.parts()) {
    found[part.type].push(part.fieldname)
    if (part.type === 'file') await part.toBuffer()
  }
  return `fields ${list(found.field)}; files ${list(found.file)}`
})
await fastify.listen({ port: 0, host: '127.0.0.1' })
const part = (name, type, content) => `--x\r\nContent-Disposition: form-data; name="${name}"${type}\r\n\r\n${content}\r\n`
const type = (name) => `\r\nContent-Type: ${name}`
const body = `${part('note', '', 'as a present')}${part('text', type('text/plain'), 'tea')}${
  part('json', type('application/json'), '{"tea":2}')}${part('bytes', type('application/octet-stream'), '{"tea":2}')}--x--\r\n`
const request = { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=x' } }
for (const [name, { port }] of [['multer', server.address()], ['formidable', server.address()], ['fastify', fastify.server.address()]]) {
  console.log(`${name}: ${await (await fetch(`http://127.0.0.1:${port}/${name}`, request)).text()}`)
}
const form = [...await new Request('http://127.0.0.1/', request).formData()]
const names = (wanted) => list(form.filter(([, value]) => (typeof value === 'string') === wanted).map(([name]) => name))
console.log(`formData: fields ${names(true)}; files ${names(false)}`)
process.exit()
JS
echo 'multer 2.5.0, formidable 3.5.4, @fastify/multipart 10.1.9'
node try.mjs | tee seen
[ "$(cat seen)" = 'multer: fields note, text, json; files none
formidable: fields note; files text, json, bytes
fastify: fields note, text, json; files bytes
formData: fields note, text, json, bytes; files none' ]
