#!/usr/bin/env bash
# One would guess that koa-static sends the file that is asked for. If there is a file of the same name with `.gz` behind it, or `.br`,
# it sends that one instead to each client that takes compressed answers, without a comparison of their times: `gzip -k prices.csv` for
# an archive is enough. From then on, browsers and fetch get the prices of that day, and `curl`, with which one looks, the ones of
# today. The README says that this is on by default, and nothing of times. Express's static serves the file itself, nginx needs
# `gzip_static`, and Caddy `precompressed`. What helps: `gzip: false, brotli: false` where nothing makes the other files anew, and
# archives in another folder.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund koa@3.3.0 koa-static@5.0.0 express@5.3.0 > /dev/null
mkdir files
echo 'tea,5.25' > files/prices.csv
gzip -k files/prices.csv # the archive of yesterday
echo 'tea,6.00' > files/prices.csv

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { get } from 'node:http'
import express from 'express'
import Koa from 'koa'
import serve from 'koa-static'
const listen = async (app) => {
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}/prices.csv`
}
const plain = (url) => new Promise((resolve) => get(url, (res) => res.once('data', (text) => resolve(String(text)))))
const apps = {
  'koa-static': new Koa().use(serve('files')),
  'koa-static, gzip: false': new Koa().use(serve('files', { gzip: false, brotli: false })),
  'express.static': express().use(express.static('files')),
}
for (const [name, app] of Object.entries(apps)) {
  const url = await listen(app)
  console.log(`${name}: ${(await plain(url)).trim()} without compression, ${(await (await fetch(url)).text()).trim()} to fetch`)
}
process.exit()
JS
echo 'koa-static 5.0.0, koa 3.3.0, express 5.3.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'koa-static: tea,6.00 without compression, tea,5.25 to fetch
koa-static, gzip: false: tea,6.00 without compression, tea,6.00 to fetch
express.static: tea,6.00 without compression, tea,6.00 to fetch' ]
