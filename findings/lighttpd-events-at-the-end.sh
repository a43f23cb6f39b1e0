#!/usr/bin/env bash
# One would guess that a proxy passes a stream of events on as it comes, at least if the answer says `X-Accel-Buffering: no`, as
# the authors of such streams add for proxies. lighttpd collects the whole answer of an application before it sends any of it.
# Each event arrives when the stream ends, all of them at once; a stream that stays open, as they are meant to, delivers
# nothing, not even its status, and the browser's EventSource has no error either. The application's own log has all of them as
# sent. What helps: `server.stream-response-body = 1`, which is off by default. Nickel's live list of orders stands still behind
# lighttpd without that line.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq lighttpd=1.4.69-1 2> /dev/null
dpkg -x lighttpd_*.deb .

cat > begin.cjs << 'JS'
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const origin = createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
  const write = (number) => res.write(`data: ${number} ${Date.now()}\n\n`)
  write(1)
  setTimeout(() => write(2), 1000)
  setTimeout(() => res.end(`data: 3 ${Date.now()}\n\n`), 2000)
}).listen(0, '127.0.0.1')
const free = ['plain', 'helped'].map((name) => ({ name, server: createServer().listen(0, '127.0.0.1') }))
setTimeout(() => {
  const ports = [origin.address().port]
  for (const { name, server } of free) {
    const { port } = server.address()
    server.close()
    ports.push(port)
    writeFileSync(`${name}.conf`, `server.document-root = "${process.cwd()}"
server.bind = "127.0.0.1"
server.port = ${port}
server.modules = ("mod_proxy")
${name === 'helped' ? 'server.stream-response-body = 1' : ''}
proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${origin.address().port})))
`)
  }
  writeFileSync('ports', ports.join(' '))
}, 200)
JS
cat > ask.mjs << 'JS'
const [, , ...ports] = process.argv
const names = ['the application', 'lighttpd', 'with stream-response-body']
const lines = ports.map(async (port, index) => {
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  let late = 0
  let count = 0
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    for (const [, , time] of chunk.matchAll(/data: (\d) (\d+)/g)) {
      count++
      if (Date.now() - time > 800) late++
    }
  }
  return `${names[index]}: ${count} events, ${late} of them late`
})
console.log((await Promise.all(lines)).join('\n'))
JS
node begin.cjs &
until [ -s ports ]; do sleep 0.1; done
for name in plain helped; do usr/sbin/lighttpd -D -f "$name.conf" -m usr/lib/lighttpd 2> "$name.log" & done
for port in $(cut -d ' ' -f 2- ports); do until (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do sleep 0.1; done; done
usr/sbin/lighttpd -v | cut -d ' ' -f 1
# shellcheck disable=SC2046 # three ports
node ask.mjs $(cat ports) | tee seen
[ "$(cat seen)" = 'the application: 3 events, 0 of them late
lighttpd: 3 events, 2 of them late
with stream-response-body: 3 events, 0 of them late' ]
