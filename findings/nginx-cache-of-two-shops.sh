#!/usr/bin/env bash
# One would guess that a cache keeps the pages of two sites apart. nginx's default for `proxy_cache_key` is made of the address
# that it passes requests to, and not of the host that was asked for. If two names are passed to one application, which chooses
# by `Host`, as it should with `proxy_set_header Host $host`, and share a `keys_zone`, whoever comes second gets the page, the
# prices and the currency of the other shop. It depends on who asks first after the page has expired, so a test with one name
# shows nothing. What helps: `proxy_cache_key $scheme$host$request_uri`, or a `Vary: Host` from the application, which nginx
# respects.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 . # the workers of nginx write the cache
apt-get download -qq nginx=1.22.1-9+deb12u11 2> /dev/null
dpkg -x nginx_*.deb .

cat > begin.cjs << 'JS'
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const prices = { 'shop.test': '5.25 USD', 'laden.test': '4.95 EUR' }
const origin = createServer(({ url, headers }, res) => {
  if (url.startsWith('/varies')) res.setHeader('Vary', 'Host')
  res.setHeader('Cache-Control', 'max-age=60')
  res.end(`tea ${prices[headers.host] ?? 'none'}`)
}).listen(0, '127.0.0.1')
const free = createServer().listen(0, '127.0.0.1')
free.once('listening', () => {
  const { port } = free.address()
  const pass = `proxy_pass http://127.0.0.1:${origin.address().port}; proxy_set_header Host $host; proxy_cache pages;`
  const server = (name) => `server { listen 127.0.0.1:${port}; server_name ${name};
    location / { ${pass} }
    location /helped { ${pass} proxy_cache_key $scheme$host$request_uri; }
  }`
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temporary;`).join(' ')
  free.close(() => {
    writeFileSync('nginx.conf', `daemon off; pid pid; error_log log;
events {}
http { access_log off; ${temporary} root .; proxy_cache_path cache keys_zone=pages:1m;
${server('shop.test')}
${server('laden.test')}
}`)
    writeFileSync('port', String(port))
  })
})
JS
node begin.cjs &
until [ -s port ]; do sleep 0.1; done
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
until curl --silent --output /dev/null "http://127.0.0.1:$(cat port)/ready"; do sleep 0.1; done
seen=$(for path in / /varies /helped; do
  for host in shop.test laden.test; do
    echo "$host$path: $(curl --silent --header "Host: $host" "http://127.0.0.1:$(cat port)$path")"
  done
done)
usr/sbin/nginx -v
echo "$seen"
[ "$seen" = 'shop.test/: tea 5.25 USD
laden.test/: tea 5.25 USD
shop.test/varies: tea 5.25 USD
laden.test/varies: tea 4.95 EUR
shop.test/helped: tea 5.25 USD
laden.test/helped: tea 4.95 EUR' ]
