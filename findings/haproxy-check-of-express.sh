#!/usr/bin/env bash
# One would guess that HAProxy's `option httpchk /ready` asks for that page as a browser would. It sends OPTIONS, unless a method
# is named, and Express answers OPTIONS by itself for each path that has a handler for another method: 200, with a list of those methods.
# The handler isn't called, so a server that says 503, because its database is gone, keeps its place in the rotation. With a 404 page
# behind the routes, as in most tutorials, it's the other way round: OPTIONS gets the 404, and a server that is well gets no
# requests. What helps: `option httpchk GET /ready`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund express@5.3.0 > /dev/null

cat > servers.cjs << 'JS'
const express = require('express')
const { writeFileSync } = require('node:fs')
const begin = (status, hasPageFor404) => {
  const app = express().get('/ready', (req, res) => res.sendStatus(status))
  if (hasPageFor404) app.use((req, res) => res.status(404).end('Not found'))
  return new Promise((done) => {
    const server = app.listen(0, '127.0.0.1', () => done(server.address().port))
  })
}
const plain = (method) => (port, index) => `
backend ${index < 2 ? 'plain' : 'with-404'}-${index % 2 ? 503 : 200}-${method || 'none'}
  option httpchk ${method} /ready
  server shop 127.0.0.1:${port} check inter 200 fall 1`
Promise.all([begin(200), begin(503), begin(200, true), begin(503, true)]).then((ports) => {
  const backends = ['', 'GET'].flatMap((method) => ports.map(plain(method))).join('\n')
  writeFileSync('haproxy.cfg', `global
  stats socket ${process.cwd()}/socket
defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
  timeout check 2s
${backends}
`)
})
JS
cat > ask.cjs << 'JS'
const socket = require('node:net').connect('socket', () => socket.end('show stat\n'))
let text = ''
socket.on('data', (data) => (text += data)).on('close', () => {
  const [names, ...lines] = text.replace('# ', '').trim().split('\n').map((line) => line.split(','))
  const servers = lines.map((line) => Object.fromEntries(names.map((name, index) => [name, line[index]])))
  const known = servers.filter(({ svname }) => svname === 'shop')
  for (const { pxname, status, check_status, check_code } of known) console.log(pxname, status, check_status, check_code)
})
JS
node servers.cjs &
until [ -s haproxy.cfg ]; do sleep 0.1; done
usr/sbin/haproxy -f haproxy.cfg > log 2>&1 &
until [ -S socket ]; do sleep 0.1; done
until [ "$(node ask.cjs | grep -c ' L7')" = 8 ]; do sleep 0.2; done # each of the servers has been checked
usr/sbin/haproxy -v | sed -n 1p
echo "express $(node -p "require('express/package.json').version")"
node ask.cjs | tee seen
[ "$(cat seen)" = 'plain-200-none UP L7OK 200
plain-503-none UP L7OK 200
with-404-200-none DOWN L7STS 404
with-404-503-none DOWN L7STS 404
plain-200-GET UP L7OK 200
plain-503-GET DOWN L7STS 503
with-404-200-GET UP L7OK 200
with-404-503-GET DOWN L7STS 503' ]
