#!/usr/bin/env bash
# One would guess that Apache's `ExpiresDefault`, which is there for files that say nothing of caching, leaves alone the answers of an
# application that do. mod_expires looks for an Expires header only, which hardly an application still sends. One that says
# `Cache-Control: no-store`, or `max-age=0`, gets a second max-age behind it, and an Expires header that says the same. RFC 9111 has a
# cache take the first of two, or take the answer for stale. http-cache-semantics, with which got and others cache in Node, has the
# last one, and keeps for 30 days what should have been asked for each time. What helps: `ExpiresActive Off` for the
# application.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund http-cache-semantics@4.3.0 > /dev/null

read -r origin proxy < <(node -e '
  const servers = [0, 1].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > origin.cjs << 'JS'
const said = { '/nothing': {}, '/no-store': { 'Cache-Control': 'no-store' }, '/max-age': { 'Cache-Control': 'private, max-age=0' } }
said['/off/max-age'] = said['/max-age']
said['/expires'] = { ...said['/max-age'], Expires: '0' }
require('node:http')
  .createServer(({ url }, res) => res.writeHead(200, said[url]).end('paid'))
  .listen(process.argv[2], '127.0.0.1')
JS
cat > apache.conf << CONF
ServerRoot $folder/usr/lib/apache2
$(for module in mpm_event authz_core proxy proxy_http expires; do echo "LoadModule ${module}_module modules/mod_$module.so"; done)
DefaultRuntimeDir $folder
PidFile $folder/pid
ErrorLog $folder/log
ServerName shop.example.org
Listen 127.0.0.1:$proxy
User nobody
Group nogroup
ExpiresActive On
ExpiresDefault "access plus 30 days"
<Location "/off">
  ExpiresActive Off
</Location>
ProxyPass "/" "http://127.0.0.1:$origin/"
CONF
cat > ask.mjs << 'JS'
import CachePolicy from 'http-cache-semantics'
for (const path of ['/nothing', '/no-store', '/max-age', '/expires', '/off/max-age']) {
  const { status, headers } = await fetch(process.argv[2] + path)
  const policy = new CachePolicy({ headers: {} }, { status, headers: Object.fromEntries(headers) }, { shared: false })
  const days = Math.round(policy.timeToLive() / 86_400_000)
  console.log(`${path}: ${headers.get('cache-control')}, cached for ${days} days`)
}
JS
node origin.cjs "$origin" &
usr/sbin/apache2 -f "$folder/apache.conf" -D FOREGROUND &
until curl --silent --fail --output /dev/null "http://127.0.0.1:$proxy/nothing"; do sleep 0.1; done
echo "$(usr/sbin/apache2 -v | sed -n "s/^Server version: //p"), http-cache-semantics $(node -p "require('http-cache-semantics/package.json').version")"
node ask.mjs "http://127.0.0.1:$proxy" | tee seen
[ "$(cat seen)" = '/nothing: max-age=2592000, cached for 30 days
/no-store: no-store, max-age=2592000, cached for 0 days
/max-age: private, max-age=0, max-age=2592000, cached for 30 days
/expires: private, max-age=0, cached for 0 days
/off/max-age: private, max-age=0, cached for 0 days' ]
