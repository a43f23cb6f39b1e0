#!/usr/bin/env bash
# One would guess that a server of files which answers 206 sends the bytes that were asked for. sirv, which serves the files of
# Vite's preview and of SvelteKit's server, reads `bytes=-500`, the last 500 bytes, as 0 to 500: the first 501. The status is
# 206, and Content-Range says so, which hardly any client looks at. Whoever reads a zip, a PDF or a Parquet file from its end,
# where the table of contents is, finds none, and a program that follows a log by its last lines gets the first ones for ever.
# The first byte alone, `bytes=0-0`, by which clients find out how long a file is, is the whole file. Express and nginx send
# what was asked for. What helps: to ask for the length first, and to count from the start.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get download -qq nginx=1.22.1-9+deb12u11 2> /dev/null
dpkg -x nginx_*.deb .
npm install --silent --no-audit --no-fund express@5.3.0 sirv@3.0.2 > /dev/null
mkdir files
for number in 1 2 3 4 5; do echo "sale $number"; done > files/sales.log

cat > begin.cjs << 'JS'
const { once } = require('node:events')
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const express = require('express')
const sirv = require('sirv')
const servers = [createServer(express().use(express.static('files'))), createServer(sirv('files')), createServer(sirv('files', { dev: true })), createServer()]
const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temporary;`).join(' ')
Promise.all(servers.map((each) => once(each.listen(0, '127.0.0.1'), 'listening'))).then(() => {
  const ports = servers.map((each) => each.address().port)
  servers[3].close(() => {
    writeFileSync('nginx.conf', `daemon off; pid pid; error_log log;
events {}
http { access_log off; ${temporary} root files; server { listen 127.0.0.1:${ports[3]}; }}`)
    writeFileSync('ports', ports.join(' '))
  })
})
JS
cat > ask.mjs << 'JS'
const names = ['express', 'sirv', 'sirv with dev', 'nginx']
for (const range of ['-7', '0-0', '0-6']) {
  for (const [index, port] of process.argv.slice(2).entries()) {
    const answer = await fetch(`http://127.0.0.1:${port}/sales.log`, { headers: { Range: `bytes=${range}` } })
    console.log(`${range}, ${names[index]}: ${answer.status}, ${answer.headers.get('content-range')}, ${JSON.stringify(await answer.text())}`)
  }
}
JS
node begin.cjs &
until [ -s ports ]; do sleep 0.1; done
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
until curl --silent --output /dev/null "http://127.0.0.1:$(cut -d ' ' -f 4 ports)/"; do sleep 0.1; done
echo 'sirv 3.0.2, express 5.3.0'
usr/sbin/nginx -v 2>&1
# shellcheck disable=SC2046 # four ports
node ask.mjs $(cat ports) | tee seen
[ "$(cat seen)" = '-7, express: 206, bytes 28-34/35, "sale 5\n"
-7, sirv: 206, bytes 0-7/35, "sale 1\ns"
-7, sirv with dev: 206, bytes 0-7/35, "sale 1\ns"
-7, nginx: 206, bytes 28-34/35, "sale 5\n"
0-0, express: 206, bytes 0-0/35, "s"
0-0, sirv: 206, bytes 0-34/35, "sale 1\nsale 2\nsale 3\nsale 4\nsale 5\n"
0-0, sirv with dev: 206, bytes 0-34/35, "sale 1\nsale 2\nsale 3\nsale 4\nsale 5\n"
0-0, nginx: 206, bytes 0-0/35, "s"
0-6, express: 206, bytes 0-6/35, "sale 1\n"
0-6, sirv: 206, bytes 0-6/35, "sale 1\n"
0-6, sirv with dev: 206, bytes 0-6/35, "sale 1\n"
0-6, nginx: 206, bytes 0-6/35, "sale 1\n"' ]
