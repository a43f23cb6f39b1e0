#!/usr/bin/env bash
# One would guess that an order of two lines arrives with two lines if it is sent as a form, since all libraries write `lines[0][id]`.
# Three leave the numbers out. superagent's `type('form')` writes `lines[id]=1&lines[qty]=2&lines[id]=2…`, which is one line with two
# ids to Express; needle writes `lines[][id]`, which Express reads as a list of one line with two ids; and object-to-formdata, by
# default, the same, of which express-fileupload with `parseNested` makes a list without any line, and multer two fields with odd names.
# With needle, an order of a single line arrives as it should, so a test with one line passes. axios and qs number the lines. What
# helps: JSON, `qs.stringify(order)` as the text that superagent or needle sends, and `indices: true` for object-to-formdata.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 multer@2.5.0 express-fileupload@1.5.2 superagent@10.4.2 needle@3.5.0 axios@1.21.1 \
  object-to-formdata@4.5.1 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import axios from 'axios'
import express from 'express'
import fileUpload from 'express-fileupload'
import multer from 'multer'
import needle from 'needle'
import { serialize } from 'object-to-formdata'
import superagent from 'superagent'
const app = express()
const show = (req, res) => res.send(JSON.stringify(req.body))
app.post('/form', express.urlencoded({ extended: true }), show)
app.post('/multer', multer().none(), show)
app.post('/fileupload', fileUpload({ parseNested: true }), show)
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = `http://127.0.0.1:${server.address().port}`
const order = { lines: [{ id: 1, qty: 2 }, { id: 2, qty: 1 }] }
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
const upload = async (path, options) => (await fetch(address + path, { method: 'POST', body: serialize(order, options) })).text()
console.log(`axios: ${JSON.stringify((await axios.post(`${address}/form`, order, { headers })).data)}`)
console.log(`superagent: ${(await superagent.post(`${address}/form`).type('form').send(order)).text}`)
console.log(`needle: ${(await needle('post', `${address}/form`, order, { parse: false })).body}`)
for (const path of ['/multer', '/fileupload']) {
  console.log(`object-to-formdata, ${path}: ${await upload(path)}`)
  console.log(`object-to-formdata with indices, ${path}: ${await upload(path, { indices: true })}`)
}
process.exit()
JS
echo 'superagent 10.4.2, needle 3.5.0, object-to-formdata 4.5.1, axios 1.21.1, express 5.3.0, multer 2.5.0, express-fileupload 1.5.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'axios: {"lines":[{"id":"1","qty":"2"},{"id":"2","qty":"1"}]}
superagent: {"lines":{"id":["1","2"],"qty":["2","1"]}}
needle: {"lines":[{"id":["1","2"],"qty":["2","1"]}]}
object-to-formdata, /multer: {"lines[][id]":["1","2"],"lines[][qty]":["2","1"]}
object-to-formdata with indices, /multer: {"lines":[{"id":"1","qty":"2"},{"id":"2","qty":"1"}]}
object-to-formdata, /fileupload: {"lines":[]}
object-to-formdata with indices, /fileupload: {"lines":[{"id":"1","qty":"2"},{"id":"2","qty":"1"}]}' ]
