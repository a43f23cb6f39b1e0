#!/usr/bin/env bash
# One would guess that a request in a test has the cookies that the program gives it. Node's fetch keeps none. MSW does: a cookie that one
# mocked answer sets comes with each later request to that host, in other tests too, after `resetHandlers()`, after `close()`, and with
# `credentials: 'omit'`. So the test of a client that forgets its session passes, and that of a visitor who isn't logged in fails
# if it runs second. The attributes of the cookie are sent as cookies too. Nothing in the API empties the store. What helps: an
# answer with `Max-Age=0` in `afterEach`, or a real server on 127.0.0.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund msw@2.15.0 > /dev/null

cat > try.mjs << 'JS'
import { createServer } from 'node:http'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
const log = 'sid=7; Path=/; HttpOnly'
const real = createServer((req, res) => {
  if (req.url === '/login') res.setHeader('Set-Cookie', log)
  res.end(req.headers.cookie ?? 'no cookie')
}).listen(0, '127.0.0.1')
await new Promise((resolve) => real.on('listening', resolve))
const visit = async (name, address) => {
  const get = async (path, options) => (await fetch(address + path, options)).text()
  console.log(`${name}, before: ${await get('/')}`)
  await get('/login')
  console.log(`${name}, after: ${await get('/')}`)
  console.log(`${name}, omit: ${await get('/', { credentials: 'omit' })}`)
}
await visit('Node', `http://127.0.0.1:${real.address().port}`)
real.close()

const cookies = ({ request }) => {
  const sent = request.headers.get('cookie')
  return HttpResponse.text(sent === null ? 'no cookie' : [...new Set(sent.split('; '))].join('; ')) // each is there twice or more
}
const server = setupServer(
  http.get('https://shop.example/login', () => HttpResponse.text('', { headers: { 'Set-Cookie': log } })),
  http.get('https://shop.example/logout', () => HttpResponse.text('', { headers: { 'Set-Cookie': 'sid=; Path=/; Max-Age=0' } })),
  http.get('https://shop.example/', cookies),
)
server.listen()
await visit('MSW', 'https://shop.example')
server.resetHandlers()
server.close()
server.listen()
console.log(`MSW, closed and opened: ${await (await fetch('https://shop.example/')).text()}`)
await fetch('https://shop.example/logout')
console.log(`MSW, Max-Age=0: ${await (await fetch('https://shop.example/')).text()}`)
server.close()
JS
echo 'MSW 2.15.0'
node --no-warnings try.mjs | tee seen
[ "$(cat seen)" = 'Node, before: no cookie
Node, after: no cookie
Node, omit: no cookie
MSW, before: no cookie
MSW, after: sid=7; Path=/; HttpOnly
MSW, omit: sid=7; Path=/; HttpOnly
MSW, closed and opened: sid=7; Path=/; HttpOnly
MSW, Max-Age=0: no cookie' ]
