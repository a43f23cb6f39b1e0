#!/usr/bin/env bash
# One would guess that a text which a program sends in a FormData arrives as it was. HTML writes each line break in a field as CR LF, and
# Node's fetch does so as well, while the bytes of a file stay as they are. A delivery note, a key in PEM or a CSV that is sent as a
# field has other bytes than the one that was hashed or signed before, and a text that was just short enough has become too long. form-data
# sends LF. And a quote in the name of a file arrives as %22 in busboy, on which multer is built, since that is how it is written,
# and as a quote in `Response.formData()`. What helps: a Blob instead of a text, or hashing the text with CR LF.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 form-data@4.0.6 busboy@1.6.0 > /dev/null

cat > try.mjs << 'JS'
import { createHash } from 'node:crypto'
import busboy from 'busboy'
import FormDataOfNpm from 'form-data'
const note = 'two boxes\nring twice\n'
const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8)
const read = (type, body) => new Promise((resolve, reject) => {
  const form = {}
  const parser = busboy({ headers: { 'content-type': type } })
  parser.on('field', (name, value) => (form[name] = value))
  parser.on('file', (name, stream, { filename }) => {
    form.filename = filename
    stream.on('data', (piece) => (form[name] = (form[name] ?? '') + piece))
  })
  parser.on('close', () => resolve(form)).on('error', reject).end(body)
})
const form = new FormData()
form.set('note', note)
form.set('file', new File([note], '7" label.txt'))
const response = new Response(form)
const type = response.headers.get('content-type')
const body = Buffer.from(await response.arrayBuffer())
const again = await new Response(body, { headers: { 'content-type': type } }).formData()
const other = new FormDataOfNpm()
other.append('note', note)
other.append('file', note, { filename: '7" label.txt' })
const show = (name, sent) => {
  console.log(`${name}: the field has ${sent.note.length} characters, hash ${hash(sent.note)}; the file ${sent.file.length}, name ${sent.filename}`)
}
console.log(`what is sent: ${note.length} characters, hash ${hash(note)}, name 7" label.txt`)
show('FormData of Node to busboy', await read(type, body))
show('FormData of Node to Response', { note: again.get('note'), file: await again.get('file').text(), filename: again.get('file').name })
show('form-data to busboy', await read(other.getHeaders()['content-type'], other.getBuffer()))
JS
echo 'Node 22.23.3, form-data 4.0.6, busboy 1.6.0'
"$(npm root)/.bin/node" try.mjs | tee seen
[ "$(cat seen)" = 'what is sent: 21 characters, hash 14972360, name 7" label.txt
FormData of Node to busboy: the field has 23 characters, hash 49550b86; the file 21, name 7%22 label.txt
FormData of Node to Response: the field has 23 characters, hash 49550b86; the file 21, name 7" label.txt
form-data to busboy: the field has 21 characters, hash 14972360; the file 21, name 7%22 label.txt' ]
