#!/usr/bin/env bash
# One would guess that a form with a picture that need not be given can be sent without one. A browser sends a part for a file
# field that is left empty: an empty file name, `application/octet-stream` and no bytes. formidable 3 takes it for an empty
# file, which `allowEmptyFiles` forbids by default, and rejects the whole form with 400, its other fields included: a note to an
# order can't be sent without a picture. A text file that is empty is rejected too. multer and express-fileupload leave the part
# out. With curl, or a test that doesn't append the file, the form passes. What helps: `allowEmptyFiles: true` with
# `minFileSize: 0`, and to drop files of no size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 formidable@3.5.4 multer@2.5.0 express-fileupload@1.5.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import express from 'express'
import fileUpload from 'express-fileupload'
import formidable from 'formidable'
import multer from 'multer'
const app = express()
const parse = (options) => async (req, res) => {
  const [fields, files] = await formidable(options).parse(req)
  res.send(`note ${fields.note}, ${Object.values(files).flat().filter(({ size }) => size > 0).length} files`)
}
app.post('/formidable', parse({}))
app.post('/formidable-helped', parse({ allowEmptyFiles: true, minFileSize: 0 }))
app.post('/multer', multer().any(), (req, res) => res.send(`note ${req.body.note}, ${req.files.length} files`))
app.post('/express-fileupload', fileUpload(), (req, res) => res.send(`note ${req.body.note}, ${Object.keys(req.files ?? {}).length} files`))
app.use((error, req, res, next) => res.status(error.httpCode ?? 500).send(error.message))
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const note = 'Content-Disposition: form-data; name="note"\r\n\r\nRing twice\r\n'
const empty = 'Content-Disposition: form-data; name="photo"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n'
const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
for (const path of ['/formidable', '/formidable-helped', '/multer', '/express-fileupload']) {
  for (const [name, parts] of [['no part', [note]], ['left empty', [note, empty]]]) {
    const body = `${parts.map((part) => `--b\r\n${part}`).join('')}--b--\r\n`
    const answer = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method: 'POST', headers, body })
    console.log(`${path.slice(1)}, ${name}: ${answer.status} ${await answer.text()}`)
  }
}
process.exit()
JS
echo 'formidable 3.5.4, multer 2.5.0, express-fileupload 1.5.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'formidable, no part: 200 note Ring twice, 0 files
formidable, left empty: 400 options.allowEmptyFiles is false, file size should be greater than 0
formidable-helped, no part: 200 note Ring twice, 0 files
formidable-helped, left empty: 200 note Ring twice, 0 files
multer, no part: 200 note Ring twice, 0 files
multer, left empty: 200 note Ring twice, 0 files
express-fileupload, no part: 200 note Ring twice, 0 files
express-fileupload, left empty: 200 note Ring twice, 0 files' ]
