#!/usr/bin/env bash
# One would guess that nginx, told to show a page of its own for the errors of an application, replaces what is seen: the body. With
# `proxy_intercept_errors on`, the application's status is all that is left of its answer. Retry-After is gone, so clients that would have
# waited two minutes come back at once, and `Cache-Control: no-store` is gone, while the page adds the ETag of its file. Only
# a 401 keeps its WWW-Authenticate. What helps: `add_header Retry-After $upstream_http_retry_after always` for the page, since nginx
# still knows that header, or no interception where the clients are programs.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 . # the workers of nginx read the page
apt-get download -qq nginx=1.22.1-9+deb12u11 2> /dev/null
dpkg -x nginx_*.deb .

cat > begin.cjs << 'JS'
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const own = { 'Retry-After': '120', 'Cache-Control': 'no-store', 'WWW-Authenticate': 'Bearer' }
const origin = createServer(({ url }, res) => res.writeHead(Number(url.slice(-3)), own).end('from the application')).listen(0, '127.0.0.1')
const free = createServer().listen(0, '127.0.0.1')
const paths = (port) => `
  location /as-it-is/ { proxy_pass http://127.0.0.1:${port}; }
  location /page/ { proxy_pass http://127.0.0.1:${port}; proxy_intercept_errors on; error_page 401 429 503 /sorry.html; }
  location /helped/ { proxy_pass http://127.0.0.1:${port}; proxy_intercept_errors on; error_page 401 429 503 /helped.html; }
  location = /sorry.html { internal; }
  location = /helped.html { internal; try_files /sorry.html =404; add_header Retry-After $upstream_http_retry_after always; }`
free.once('listening', () => {
  const { port } = free.address()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temporary;`).join(' ')
  free.close(() => {
    writeFileSync('nginx.conf', `daemon off; pid pid; error_log log;
events {}
http { access_log off; ${temporary} root .;
server { listen 127.0.0.1:${port}; ${paths(origin.address().port)}
}}`)
    writeFileSync('port', String(port))
  })
})
JS
cat > ask.mjs << 'JS'
const names = ['retry-after', 'cache-control', 'www-authenticate', 'etag']
for (const path of ['/as-it-is/503', '/page/503', '/page/429', '/page/401', '/helped/503']) {
  const answer = await fetch(process.argv[2] + path)
  const text = (await answer.text()).trim()
  console.log(`${path}: ${answer.status} ${text}; ${names.filter((name) => answer.headers.has(name)).join(', ')}`)
}
JS
echo sorry > sorry.html
node begin.cjs &
until [ -s port ]; do sleep 0.1; done
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
until curl --silent --output /dev/null "http://127.0.0.1:$(cat port)/"; do sleep 0.1; done
usr/sbin/nginx -v
node ask.mjs "http://127.0.0.1:$(cat port)" | tee seen
[ "$(cat seen)" = '/as-it-is/503: 503 from the application; retry-after, cache-control, www-authenticate
/page/503: 503 sorry; etag
/page/429: 429 sorry; etag
/page/401: 401 sorry; www-authenticate, etag
/helped/503: 503 sorry; retry-after, etag' ]
