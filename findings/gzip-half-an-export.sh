#!/usr/bin/env bash
# One would guess that a client which unpacks gzip notices that the end is missing: the format ends with a checksum and the length.
# fetch of Node, axios, superagent, needle, node-fetch and `curl --compressed` unpack what is there, and nothing fails. They put up with
# a missing end for servers that leave it out, as browsers do. A file that a nightly job is still compressing while a server sends it,
# or one of a disk that was full, is a complete answer to HTTP, with a Content-Length that fits, and half of the sales are the export.
# got and undici's `decompress()` raise an error, and so does gunzip. What helps: to write the file under another name, and to rename it
# when it is complete; for clients, to ask for the .gz as a file, and to unpack it by `gunzip`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund axios@1.21.1 superagent@10.4.2 needle@3.5.0 node-fetch@3.3.2 got@14.6.6 undici@7.30.2 > /dev/null

cat > server.cjs << 'JS'
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const { gzipSync } = require('node:zlib')
let sales = 'order,cents\n'
for (let order = 1; order <= 20000; order++) sales += `${order},${(order * 7919) % 10007}\n`
const whole = gzipSync(sales)
const server = createServer(({ url }, res) => {
  const body = url === '/half' ? whole.subarray(0, whole.length / 2) : whole
  res.writeHead(200, { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip', 'Content-Length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => writeFileSync('port', String(server.address().port)))
JS
cat > ask.mjs << 'JS'
import axios from 'axios'
import got from 'got'
import needle from 'needle'
import nodeFetch from 'node-fetch'
import superagent from 'superagent'
import { Agent, interceptors, request } from 'undici'
const dispatcher = new Agent().compose(interceptors.decompress())
const clients = {
  fetch: async (url) => (await fetch(url)).text(),
  axios: async (url) => (await axios.get(url)).data,
  superagent: async (url) => (await superagent.get(url)).text,
  needle: async (url) => String((await needle('get', url, { compressed: true })).body),
  'node-fetch': async (url) => (await nodeFetch(url)).text(),
  got: (url) => got(url, { retry: { limit: 0 } }).text(),
  'undici decompress()': async (url) => (await request(url, { dispatcher })).body.text(),
}
const address = `http://127.0.0.1:${process.argv[2]}`
for (const [name, ask] of Object.entries(clients)) {
  const seen = []
  for (const path of ['/whole', '/half']) {
    const text = await ask(address + path).catch(({ message }) => message)
    const lines = text.split('\n').length - 1
    seen.push(lines === 0 ? text : lines === 20001 ? 'all lines' : 'fewer lines, no error')
  }
  console.log(`${name}: ${seen.join('; ')}`)
}
process.exit()
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
echo 'axios 1.21.1, superagent 10.4.2, needle 3.5.0, node-fetch 3.3.2, got 14.6.6, undici 7.30.2'
{
  node --no-warnings ask.mjs "$(cat port)"
  for path in whole half; do
    code=0
    curl --silent --compressed --output saved "http://127.0.0.1:$(cat port)/$path" || code=$?
    echo "curl, $path: exit code $code, $(if [ "$(wc -l < saved)" = 20001 ]; then echo all lines; else echo fewer lines; fi)"
    code=0
    curl --silent --output saved.gz "http://127.0.0.1:$(cat port)/$path"
    gunzip --force --quiet saved.gz 2> /dev/null || code=$?
    echo "gunzip, $path: exit code $code"
  done
} | tee seen
[ "$(cat seen)" = 'fetch: all lines; fewer lines, no error
axios: all lines; fewer lines, no error
superagent: all lines; fewer lines, no error
needle: all lines; fewer lines, no error
node-fetch: all lines; fewer lines, no error
got: all lines; unexpected end of file
undici decompress(): all lines; unexpected end of file
curl, whole: exit code 0, all lines
gunzip, whole: exit code 0
curl, half: exit code 0, fewer lines
gunzip, half: exit code 1' ]
