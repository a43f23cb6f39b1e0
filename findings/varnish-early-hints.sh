#!/usr/bin/env bash
# One would guess that 103 Early Hints, which an application sends ahead of a page by Node's writeEarlyHints(), reach the
# browser through a proxy, or are dropped by it. HAProxy, lighttpd and Caddy pass them on. Varnish 7.1 takes them for the
# answer, and says 503 "Backend fetch failed" for each page that is announced. A look at the application itself, or through
# another proxy, shows nothing. What helps: to send hints only to requests without the header `X-Varnish`, which Varnish adds.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
command -v gcc > /dev/null || { echo 'Varnish compiles its configuration: gcc is needed.'; exit 1; }
apt-get download -qq varnish=7.1.1-2+deb12u1 libvarnishapi3=7.1.1-2+deb12u1 libjemalloc2=5.3.0-1 \
  lighttpd=1.4.69-1 caddy=2.6.2-5 haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 \
  libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu:usr/lib/x86_64-linux-gnu/varnish

read -r origin varnish haproxy lighttpd caddy < <(node -e '
  const servers = [0, 1, 2, 3, 4].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > origin.cjs << 'JS'
const server = require('node:http').createServer(({ url, headers }, res) => {
  const isHinted = url === '/hinted' || (url === '/helped' && headers['x-varnish'] === undefined)
  if (isHinted) res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
  setTimeout(() => res.writeHead(200, { 'Cache-Control': 'no-store' }).end('paid'), 200)
})
server.listen(process.argv[2], '127.0.0.1')
JS
cat > shop.vcl << CONF
vcl 4.1;
backend shop { .host = "127.0.0.1"; .port = "$origin"; }
CONF
cat > haproxy.cfg << CONF
defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
frontend shop
  bind 127.0.0.1:$haproxy
  default_backend shop
backend shop
  server shop 127.0.0.1:$origin
CONF
cat > lighttpd.conf << CONF
server.document-root = "$folder"
server.bind = "127.0.0.1"
server.port = $lighttpd
server.modules = ("mod_proxy")
proxy.server = ("" => (("host" => "127.0.0.1", "port" => $origin)))
CONF
cat > Caddyfile << CONF
{
  admin off
  auto_https off
}
http://127.0.0.1:$caddy {
  reverse_proxy 127.0.0.1:$origin
}
CONF
node origin.cjs "$origin" &
usr/sbin/varnishd -F -j none -n "$folder/varnish" -a "127.0.0.1:$varnish" -f "$folder/shop.vcl" -s malloc,16m > log2 2>&1 &
usr/sbin/haproxy -f haproxy.cfg > log3 2>&1 &
usr/sbin/lighttpd -D -f lighttpd.conf -m usr/lib/lighttpd 2> /dev/null &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> /dev/null &
for port in $varnish $haproxy $lighttpd $caddy; do
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
done
echo 'Varnish 7.1.1, HAProxy 2.6.12, lighttpd 1.4.69, Caddy 2.6.2'
for proxy in "nobody $origin" "Varnish $varnish" "HAProxy $haproxy" "lighttpd $lighttpd" "Caddy $caddy"; do
  read -r name port <<< "$proxy"
  line="behind $name:"
  for path in plain hinted helped; do
    statuses=$(curl --silent --include "http://127.0.0.1:$port/$path" | sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' | tr '\n' ' ')
    line="$line $path ${statuses% };"
  done
  echo "${line%;}"
done | tee seen
[ "$(cat seen)" = 'behind nobody: plain 200; hinted 103 200; helped 103 200
behind Varnish: plain 200; hinted 503; helped 200
behind HAProxy: plain 200; hinted 103 200; helped 103 200
behind lighttpd: plain 200; hinted 103 200; helped 103 200
behind Caddy: plain 200; hinted 103 200; helped 103 200' ]
