#!/usr/bin/env bash
# One would guess that a query which has exceeded pg's `query_timeout` is over: its promise is rejected with "Query read
# timeout". The client only stops waiting. It sends the server no cancel request and keeps the connection, so the server goes
# on, and an INSERT that has "failed" is committed later. The next query on that connection waits until it is. What helps is
# PostgreSQL's own `statement_timeout`, and to drop the connection after such an error instead of giving it back to the pool.
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
const client = new pg.Client({ host: '127.0.0.1', port: Number(process.argv[2]), user: 'postgres', database: 'postgres', query_timeout: 300 })
await client.connect()
await client.query('CREATE TABLE payments (id BIGINT)')
const slow = 'INSERT INTO payments SELECT COUNT(*) FROM generate_series(1, 30000000)'
console.log('INSERT: ' + (await client.query(slow).then(() => 'done', (error) => error.message)))
const { rows } = await client.query({ text: 'SELECT COUNT(*) AS rows FROM payments', query_timeout: 120_000 })
console.log('rows on the same connection afterwards: ' + rows[0].rows)
await client.end()
JS
node server.mjs > port &
server=$!
for _ in $(seq 300); do [ -s port ] && break; sleep 0.2; done
seen=$(node try.mjs "$(cat port)")
echo "pg 8.23.1:"
echo "$seen"
[ "$seen" = 'INSERT: Query read timeout
rows on the same connection afterwards: 1' ]
