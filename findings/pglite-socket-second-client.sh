#!/usr/bin/env bash
# One would guess that a server which speaks PostgreSQL's protocol and takes no more clients says so in that protocol, as
# PostgreSQL does ("sorry, too many clients already", 53300), or lets the client wait. pglite-socket takes one by default.
# A second one is accepted by TCP and then cut off, without a message: all that it sees is that the connection ended. A pool of
# several connections, which most programs use, looks like an unstable network. `maxConnections` allows more of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill ${server:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 @electric-sql/pglite@0.5.14 \
  @electric-sql/pglite-socket@0.2.17 > /dev/null

cat > server.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
const server = new PGLiteSocketServer({ db: await PGlite.create(), host: '127.0.0.1', port: 0 })
await server.start()
console.log(server.port)
JS
cat > try.mjs << 'JS'
import pg from 'pg'
const connect = async () => {
  const client = new pg.Client({ host: '127.0.0.1', port: Number(process.argv[2]), user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  return client.connect().then(() => 'connected', (error) => `${error.name} ${error.code ?? ''} ${error.message}`)
}
console.log('first: ' + (await connect()))
console.log('second: ' + (await connect()))
process.exit()
JS
node server.mjs > port &
server=$!
for _ in $(seq 300); do [ -s port ] && break; sleep 0.2; done
seen=$(node try.mjs "$(cat port)")
echo "pglite-socket 0.2.17:"
echo "$seen"
grep -q '^first: connected$' <<< "$seen"
grep -qE '^second: Error .*(ECONNRESET|terminated unexpectedly)' <<< "$seen"
