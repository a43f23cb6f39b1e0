#!/usr/bin/env bash
# One would guess that a server which is told to close finishes what its clients have begun, as it did up to Node 24: a client
# that is connected and about to send its first request gets an answer. On Node 26, close() and closeIdleConnections() also end
# connections on which no request has arrived yet, so a request that is on its way is lost, and a proxy in front answers 502. To
# stop without that, call the close() of net.Server, which only stops accepting, and end idle connections a moment later.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 24.21.0 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, Server } from 'node:net'

async function ask(close) {
  const server = createServer((_req, res) => res.end()).listen(0)
  await once(server, 'listening')
  const client = connect(server.address().port)
  await once(server, 'connection')
  close(server)
  let answer = ''
  client.on('data', (data) => (answer += data)).on('error', () => {})
  client.write('GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n')
  await once(client, 'close')
  return answer.split('\r\n')[0] || 'no answer'
}
console.log(process.version, 'close():', await ask((server) => server.close()))
console.log(process.version, 'close() of net.Server:', await ask((server) => Server.prototype.close.call(server)))
JS
for version in 24.21.0 26.10.0; do "node$version/node_modules/node/bin/node" try.mjs; done | tee seen
[ "$(cat seen)" = 'v24.21.0 close(): HTTP/1.1 200 OK
v24.21.0 close() of net.Server: HTTP/1.1 200 OK
v26.10.0 close(): no answer
v26.10.0 close() of net.Server: HTTP/1.1 200 OK' ]
