#!/usr/bin/env bash
# One would guess that a client for tests gives the body of a download as bytes, or asks how to read it. supertest gives a PDF, a recording
# and a film as a Buffer, and a zip, an EPUB and a spreadsheet as a text, read as UTF-8, beside an empty `body`: bytes that are no UTF-8
# are gone, each replaced by three others, and a test that compares lengths says that the server sent too much. What helps:
# `.responseType('blob')`, with which every body is a Buffer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund supertest@7.1.4 > /dev/null

cat > try.cjs << 'JS'
const { createServer } = require('node:http')
const request = require('supertest')
const bytes = Buffer.from('504b0304ff', 'hex') // as a zip begins
const server = createServer((req, res) => res.setHeader('Content-Type', `application/${req.url.slice(1)}`).end(bytes))
const describe = (body) => (Buffer.isBuffer(body) ? `a Buffer of ${body.length}` : JSON.stringify(body))
async function main() {
  for (const type of ['pdf', 'zip', 'epub+zip', 'vnd.ms-excel']) {
    const { body, text } = await request(server).get(`/${type}`)
    console.log(`${type}: body ${describe(body)}`, text === undefined ? '' : `text of ${Buffer.from(text).length} bytes`)
  }
  const { body } = await request(server).get('/zip').responseType('blob')
  console.log(`zip as a blob: ${describe(body)}`)
}
main()
JS
node try.cjs | sed 's/ *$//' | tee seen
[ "$(cat seen)" = 'pdf: body a Buffer of 5
zip: body {} text of 7 bytes
epub+zip: body {} text of 7 bytes
vnd.ms-excel: body {} text of 7 bytes
zip as a blob: a Buffer of 5' ]
