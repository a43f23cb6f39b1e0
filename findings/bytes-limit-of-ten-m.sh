#!/usr/bin/env bash
# One would guess that a limit of `10m`, which is ten megabytes to nginx and Apache, is that to Express too, or a mistake. The package
# `bytes`, by which Express reads its limits, knows kb, mb and gb, and where it finds another unit, it takes the digits in front:
# `10m` is ten bytes, `1MiB` and `1,5mb` are one. The server starts, and each order is answered with 413, except an empty one. body-parser
# throws only where there is no digit to begin with. What helps: `10mb`, and a request of a usual size in the tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.1.0 bytes@3.1.2 > /dev/null

cat > try.mjs << 'JS'
import bytes from 'bytes'
import express from 'express'
for (const limit of ['10mb', '10m', '100k', '1MiB', '1,5mb', '1 000kb', '1.5mb']) {
  const app = express().use(express.json({ limit }))
  app.post('/orders', (req, res) => res.sendStatus(201))
  app.use((error, req, res, next) => res.sendStatus(error.status))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/orders`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ product: 'tea', note: '-'.repeat(100) }),
  })
  console.log(`${limit}: ${bytes(limit)} bytes, an order of 126 bytes is ${answer.status}`)
  server.close()
  server.closeAllConnections()
}
JS
echo 'Express 5.1.0, bytes 3.1.2'
node try.mjs | tee seen
[ "$(cat seen)" = '10mb: 10485760 bytes, an order of 126 bytes is 201
10m: 10 bytes, an order of 126 bytes is 413
100k: 100 bytes, an order of 126 bytes is 413
1MiB: 1 bytes, an order of 126 bytes is 413
1,5mb: 1 bytes, an order of 126 bytes is 413
1 000kb: 1 bytes, an order of 126 bytes is 413
1.5mb: 1572864 bytes, an order of 126 bytes is 201' ]
