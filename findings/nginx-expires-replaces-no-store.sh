#!/usr/bin/env bash
# One would guess that `expires 1h` in nginx is for what has no header of its own about caching. It replaces the application's
# Cache-Control: `private, no-store` of a receipt or an account becomes `max-age=3600`, which lets browsers and proxies keep the
# page, and shows it to the next person at that computer, or yesterday's balance. Apache's mod_expires, with the same name and
# purpose, leaves `no-store` there and adds to it, and Caddy's `header ?Cache-Control` leaves it alone. With `expires` in
# `server`, for pictures and styles, each page below is changed. What helps: a `map` of $upstream_http_cache_control to `off`,
# or `expires` in the locations of files only. Nickel's pages of orders are `no-store`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get download -qq nginx=1.22.1-9+deb12u11 2> /dev/null
dpkg -x nginx_*.deb .

cat > begin.cjs << 'JS'
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const rules = ['', 'private, no-store', 'no-cache', 'public, max-age=31536000, immutable']
const origin = createServer(({ url }, res) => {
  const rule = rules[Number(url.at(-1))]
  if (rule) res.setHeader('Cache-Control', rule)
  res.end()
}).listen(0, '127.0.0.1')
const free = createServer().listen(0, '127.0.0.1')
free.once('listening', () => {
  const { port } = free.address()
  const pass = `proxy_pass http://127.0.0.1:${origin.address().port};`
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temporary;`).join(' ')
  free.close(() => {
    writeFileSync('nginx.conf', `daemon off; pid pid; error_log log;
events {}
http { access_log off; ${temporary} root .;
map $upstream_http_cache_control $lifetime { '' 1h; default off; }
server { listen 127.0.0.1:${port};
  location /as-it-is { ${pass} }
  location /expires { ${pass} expires 1h; }
  location /helped { ${pass} expires $lifetime; }
}}`)
    writeFileSync('port', String(port))
  })
})
JS
cat > ask.mjs << 'JS'
for (const path of ['/as-it-is', '/expires', '/helped']) {
  for (const number of [0, 1, 2, 3]) {
    const { headers } = await fetch(`${process.argv[2]}${path}/${number}`)
    console.log(`${path}: ${headers.get('cache-control') ?? 'none'}`)
  }
}
JS
node begin.cjs &
until [ -s port ]; do sleep 0.1; done
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
until curl --silent --output /dev/null "http://127.0.0.1:$(cat port)/"; do sleep 0.1; done
usr/sbin/nginx -v
node ask.mjs "http://127.0.0.1:$(cat port)" | tee seen
[ "$(cat seen)" = '/as-it-is: none
/as-it-is: private, no-store
/as-it-is: no-cache
/as-it-is: public, max-age=31536000, immutable
/expires: max-age=3600
/expires: max-age=3600
/expires: max-age=3600
/expires: max-age=3600
/helped: max-age=3600
/helped: private, no-store
/helped: no-cache
/helped: public, max-age=31536000, immutable' ]
