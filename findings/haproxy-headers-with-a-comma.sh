#!/usr/bin/env bash
# One would guess that `%[req.hdr(webhook-signature)]` in HAProxy is the value of that header. It is what stands behind its last
# comma: hdr takes each comma for the begin of another value, and gives the last one, whatever the header is. A copy of
# `v1,SIGNATURE`, as Standard Webhooks writes it, has lost its `v1` and is never verified; a browser's name becomes `like Gecko)
# Chrome/…`, and a date loses its day of the week. A header without a comma is whole, so it works in a quick test. In rules,
# `hdr(date) -m str …` compares the same piece. It's in the manual, some thousand lines down. What helps: `req.fhdr` and
# `res.fhdr`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund standardwebhooks@1.1.1 > /dev/null

cat > server.cjs << 'JS'
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const { Webhook } = require('standardwebhooks')
const webhook = new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
const origin = createServer(async ({ headers }, res) => {
  const verify = (signature) => {
    try {
      webhook.verify('{"paid":true}', { ...headers, 'webhook-signature': signature })
      return 'verified'
    } catch (error) {
      return error.message
    }
  }
  const lines = ['hdr', 'fhdr'].map((kind) => {
    const copied = (name) => headers[`x-${kind}-${name}`]
    return `${kind}: ${verify(copied('signature'))}; agent ${copied('agent')}; date ${copied('date')}`
  })
  res.end(`${lines.join('\n')}\n`)
}).listen(0, '127.0.0.1', () => {
  const copies = ['hdr', 'fhdr'].flatMap((kind) =>
    [['signature', 'webhook-signature'], ['agent', 'user-agent'], ['date', 'date']].map(([to, from]) =>
      `  http-request set-header x-${kind}-${to} %[req.${kind}(${from})]`))
  writeFileSync('haproxy.cfg', `defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
frontend shop
  bind unix@${process.cwd()}/socket
${copies.join('\n')}
  default_backend shop
backend shop
  server shop 127.0.0.1:${origin.address().port}
`)
})
JS
cat > ask.cjs << 'JS'
const { Webhook } = require('standardwebhooks')
const now = new Date()
const headers = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(Math.floor(now / 1000)),
  'webhook-signature': new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`).sign('msg_1', now, '{"paid":true}'),
  'user-agent': 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0',
  date: 'Mon, 30 Nov 2026 12:00:00 GMT',
}
require('node:http').get({ socketPath: 'socket', path: '/', headers }, (res) => res.pipe(process.stdout))
JS
node server.cjs &
until [ -s haproxy.cfg ]; do sleep 0.1; done
usr/sbin/haproxy -f haproxy.cfg > log 2>&1 &
until [ -S socket ]; do sleep 0.1; done
usr/sbin/haproxy -v | sed -n 1p
node ask.cjs | tee seen
[ "$(cat seen)" = 'hdr: No matching signature found; agent like Gecko) Chrome/143.0; date 30 Nov 2026 12:00:00 GMT
fhdr: verified; agent Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0; date Mon, 30 Nov 2026 12:00:00 GMT' ]
