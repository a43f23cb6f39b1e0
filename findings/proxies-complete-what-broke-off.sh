#!/usr/bin/env bash
# One would guess that a download which breaks off at the application breaks off behind a proxy as well, so that its client
# knows. An export is sent in chunks, as its length isn't known before, and the chunk at its end says that it is complete. When
# the application dies in the middle of it, Apache and HAProxy cut the connection to the client. nginx, lighttpd and Caddy 2.6
# end it in the regular way: status 200, the last chunk, or even a Content-Length that fits, and half of the sales are the
# export to curl, a browser and every cache. nginx asks the application by HTTP/1.0, where the end of the connection is the end
# of the answer. What helps: in nginx `proxy_http_version 1.1`, which Nickel's configuration has; with all of them a last line
# that says how many there were, or a Content-Length where the size is known, which none of them passes as complete.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 . # the workers of nginx and Apache are somebody else
apt-get download -qq nginx=1.22.1-9+deb12u11 lighttpd=1.4.69-1 caddy=2.6.2-5 apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 \
  libaprutil1=1.6.3-1+deb12u1 haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

read -r origin nginx helped lighttpd caddy apache haproxy < <(node -e '
  const servers = [0, 1, 2, 3, 4, 5, 6].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > nginx.conf << CONF
daemon off; pid pid; error_log log;
events {}
http { access_log off; $(for name in client_body proxy fastcgi uwsgi scgi; do echo "${name}_temp_path temporary;"; done)
server { listen 127.0.0.1:$nginx; location / { proxy_pass http://127.0.0.1:$origin; } }
server { listen 127.0.0.1:$helped; location / { proxy_pass http://127.0.0.1:$origin; proxy_http_version 1.1; } }
}
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
cat > apache.conf << CONF
ServerRoot $folder/usr/lib/apache2
$(for module in mpm_event authz_core proxy proxy_http; do echo "LoadModule ${module}_module modules/mod_$module.so"; done)
DefaultRuntimeDir $folder
PidFile $folder/apache-pid
ErrorLog $folder/apache-log
ServerName shop.example.org
Listen 127.0.0.1:$apache
User nobody
Group nogroup
ProxyPass "/" "http://127.0.0.1:$origin/"
CONF
cat > haproxy.cfg << CONF
defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
listen shop
  bind 127.0.0.1:$haproxy
  server shop 127.0.0.1:$origin
CONF
cat > origin.cjs << 'JS'
require('node:http').createServer(({ url }, res) => {
  if (url === '/ready') return res.end()
  res.writeHead(200, { 'Content-Type': 'text/csv', ...(url === '/known' && { 'Content-Length': 27 }) })
  res.write('order,amount\n1,5.25\n')
  setTimeout(() => res.destroy(), 300) // as if the process had ended
}).listen(process.argv[2], '127.0.0.1')
JS
cat > ask.mjs << 'JS'
const [names, ports] = [process.argv.slice(2).filter((_, index) => index % 2 === 0), process.argv.slice(2).filter((_, index) => index % 2)]
for (const path of ['/in-chunks', '/known']) {
  for (const [index, name] of names.entries()) {
    const answer = await fetch(`http://127.0.0.1:${ports[index]}${path}`)
    const end = await answer.text().then((text) => `complete with ${text.length} bytes`, () => 'cut off')
    console.log(`${path}, ${name}: ${answer.status}, ${end}`)
  }
}
JS
node origin.cjs "$origin" &
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
usr/sbin/lighttpd -D -f lighttpd.conf -m usr/lib/lighttpd 2> lighttpd-log &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> caddy-log &
usr/sbin/apache2 -f "$folder/apache.conf" -D FOREGROUND &
usr/sbin/haproxy -f haproxy.cfg > haproxy-log 2>&1 &
for port in "$origin" "$nginx" "$helped" "$lighttpd" "$caddy" "$apache" "$haproxy"; do
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/ready"; do sleep 0.1; done
done
usr/sbin/nginx -v
usr/sbin/lighttpd -v | cut -d ' ' -f 1
echo "Caddy $(usr/bin/caddy version)"
usr/sbin/apache2 -v | sed -n 1p
usr/sbin/haproxy -v | sed -n 1p
node ask.mjs application "$origin" Apache "$apache" HAProxy "$haproxy" nginx "$nginx" lighttpd "$lighttpd" Caddy "$caddy" 'nginx by HTTP/1.1' "$helped" \
  | tee seen
[ "$(cat seen)" = '/in-chunks, application: 200, cut off
/in-chunks, Apache: 200, cut off
/in-chunks, HAProxy: 200, cut off
/in-chunks, nginx: 200, complete with 20 bytes
/in-chunks, lighttpd: 200, complete with 20 bytes
/in-chunks, Caddy: 200, complete with 20 bytes
/in-chunks, nginx by HTTP/1.1: 200, cut off
/known, application: 200, cut off
/known, Apache: 200, cut off
/known, HAProxy: 200, cut off
/known, nginx: 200, cut off
/known, lighttpd: 200, cut off
/known, Caddy: 200, cut off
/known, nginx by HTTP/1.1: 200, cut off' ]
