#!/usr/bin/env bash
# One would guess that a page with `Cache-Control: max-age=600` is ten minutes old at most behind a cache. Each cache has to count the
# time that an answer has spent in caches before it, which is its `Age`, and to say it to the next one. nginx does neither. What reaches
# it with `Age: 599` is kept for 600 seconds more, and so is an answer that is stale already. It hands out each answer with a new Date,
# and doesn't count its own time in Age, so that a browser keeps it for ten minutes from then. With a cache in front of the application,
# one in nginx and one in the browser, a price may be half an hour old. HAProxy's cache asks again for what is stale, and says how old
# an answer is. What helps: `proxy_cache_valid` and `proxy_ignore_headers Cache-Control` with a short time, and
# `add_header Cache-Control` for browsers; or to divide the max-age by the number of caches.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 . # the workers of nginx are somebody else
apt-get download -qq nginx=1.22.1-9+deb12u11 haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 \
  libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

read -r origin nginx haproxy < <(node -e '
  const servers = [0, 1, 2].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > origin.cjs << 'JS'
let count = 0
const server = require('node:http').createServer(({ url }, res) => {
  const age = { '/stale': { Age: '700' }, '/fresh': {} }[url]
  res.writeHead(200, { 'Cache-Control': 'public, max-age=600', 'Content-Length': 1, ...age }).end(String(++count))
})
server.listen(process.argv[2], '127.0.0.1')
JS
cat > nginx.conf << CONF
daemon off; pid pid; error_log log;
events {}
http { access_log off; $(for name in client_body proxy fastcgi uwsgi scgi; do echo "${name}_temp_path temporary;"; done)
proxy_cache_path cache keys_zone=shop:1m;
server { listen 127.0.0.1:$nginx; location / { proxy_pass http://127.0.0.1:$origin; proxy_cache shop; } }
}
CONF
cat > haproxy.cfg << CONF
defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
cache shop
  total-max-size 4
  max-age 600
frontend shop
  bind 127.0.0.1:$haproxy
  http-request cache-use shop
  http-response cache-store shop
  default_backend shop
backend shop
  server shop 127.0.0.1:$origin
CONF
cat > ask.mjs << 'JS'
import { setTimeout } from 'node:timers/promises'
const [, , ...ports] = process.argv
for (const [index, name] of ['nginx', 'HAProxy'].entries()) {
  for (const path of ['/stale', '/fresh']) {
    const ask = async () => {
      const answer = await fetch(`http://127.0.0.1:${ports[index]}${path}`)
      return { text: await answer.text(), age: answer.headers.get('age'), date: Date.parse(answer.headers.get('date')) }
    }
    const first = await ask()
    await setTimeout(2100)
    const second = await ask()
    const kept = first.text === second.text ? 'the same answer' : 'another answer'
    const itsAge = second.age >= 2 ? 'its Age' : 'an Age below 2'
    const age = second.age === null ? 'no Age' : path === '/stale' ? `Age ${second.age}` : itsAge
    console.log(`${name}, ${path}: ${kept} two seconds later, ${age}, ${second.date > first.date ? 'a new Date' : 'the Date of the first'}`)
  }
}
JS
node origin.cjs "$origin" &
usr/sbin/nginx -p "$folder" -c "$folder/nginx.conf" &
usr/sbin/haproxy -f haproxy.cfg > log2 2>&1 &
for port in $nginx $haproxy; do
  until curl --silent --output /dev/null "http://127.0.0.1:$port/first"; do sleep 0.1; done
done
echo 'nginx 1.22.1, HAProxy 2.6.12'
node ask.mjs "$nginx" "$haproxy" | tee seen
[ "$(cat seen)" = 'nginx, /stale: the same answer two seconds later, Age 700, a new Date
nginx, /fresh: the same answer two seconds later, no Age, a new Date
HAProxy, /stale: another answer two seconds later, Age 700, a new Date
HAProxy, /fresh: the same answer two seconds later, its Age, the Date of the first' ]
