#!/usr/bin/env bash
# One would guess that a server which knows nothing of ranges sends a whole answer, whatever proxy is in front of it, and that
# `curl -C -`, which continues a download, then says so. Apache and lighttpd cut the range out by themselves: they ask the
# application for the answer, which makes it anew, and send what is behind the bytes that curl has, as 206. An export that was
# cut off, and has a new sale at its top since, is two exports in one file: here, sale 7 is there twice, once with an amount
# that nobody has paid, and curl's code is 0. lighttpd even says `Accept-Ranges: bytes` for the application. nginx, HAProxy and
# Caddy pass on the 200, and curl ends with 33. What helps: `MaxRanges none` in Apache, `server.range-requests = "disable"` in
# lighttpd.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get download -qq nginx=1.22.1-9+deb12u11 lighttpd=1.4.69-1 caddy=2.6.2-5 apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 \
  libaprutil1=1.6.3-1+deb12u1 haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

read -r origin nginx caddy haproxy apache lighttpd apache_helped lighttpd_helped < <(node -e '
  const servers = [0, 1, 2, 3, 4, 5, 6, 7].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > nginx.conf << CONF
daemon off; pid pid; error_log log;
events {}
http { access_log off; $(for name in client_body proxy fastcgi uwsgi scgi; do echo "${name}_temp_path temporary;"; done)
server { listen 127.0.0.1:$nginx; location / { proxy_pass http://127.0.0.1:$origin; } }
}
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
# lighttpd_for PORT [LINE]
lighttpd_for() {
  cat << CONF
server.document-root = "$folder"
server.bind = "127.0.0.1"
server.port = $1
server.modules = ("mod_proxy")
${2:-}
proxy.server = ("" => (("host" => "127.0.0.1", "port" => $origin)))
CONF
}
lighttpd_for "$lighttpd" > lighttpd.conf
lighttpd_for "$lighttpd_helped" 'server.range-requests = "disable"' > lighttpd-helped.conf
cat > apache.conf << CONF
ServerRoot $folder/usr/lib/apache2
$(for module in mpm_event authz_core proxy proxy_http; do echo "LoadModule ${module}_module modules/mod_$module.so"; done)
DefaultRuntimeDir $folder
PidFile $folder/apache-pid
ErrorLog $folder/apache-log
ServerName shop.example.org
Listen 127.0.0.1:$apache
Listen 127.0.0.1:$apache_helped
User nobody
Group nogroup
ProxyPass "/" "http://127.0.0.1:$origin/"
<VirtualHost 127.0.0.1:$apache_helped>
  ProxyPass "/" "http://127.0.0.1:$origin/"
  <Location "/">
    MaxRanges none
  </Location>
</VirtualHost>
CONF
cat > origin.cjs << 'JS'
// The sales, newest first: there is another one by now
require('node:http').createServer((_req, res) => res.end('order,amount\n9,2.00\n8,6.00\n7,5.25\n')).listen(process.argv[2], '127.0.0.1')
JS
node origin.cjs "$origin" &
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> caddy-log &
usr/sbin/haproxy -f haproxy.cfg > haproxy-log 2>&1 &
usr/sbin/apache2 -f "$folder/apache.conf" -D FOREGROUND &
usr/sbin/lighttpd -D -f lighttpd.conf -m usr/lib/lighttpd 2> lighttpd-log &
usr/sbin/lighttpd -D -f lighttpd-helped.conf -m usr/lib/lighttpd 2> lighttpd-helped-log &
for port in "$origin" "$nginx" "$caddy" "$haproxy" "$apache" "$lighttpd" "$apache_helped" "$lighttpd_helped"; do
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
done
# continue NAME PORT: with what was there of the older export, `8,6.00` and half of the next line
continue_at() {
  local code=0
  printf 'order,amount\n8,6.00\n7,5' > export.csv
  env -u LD_LIBRARY_PATH curl --silent --continue-at - --output export.csv "http://127.0.0.1:$2/" || code=$?
  echo "$1: exit code $code, $(paste -s -d ' ' export.csv)"
}
seen=$(continue_at 'the application' "$origin"; continue_at nginx "$nginx"; continue_at Caddy "$caddy"; continue_at HAProxy "$haproxy"
  continue_at Apache "$apache"; continue_at lighttpd "$lighttpd"; continue_at 'Apache, helped' "$apache_helped"
  continue_at 'lighttpd, helped' "$lighttpd_helped")
usr/sbin/nginx -v 2>&1
echo "Caddy $(usr/bin/caddy version)"
usr/sbin/haproxy -v | sed -n 1p
usr/sbin/apache2 -v | sed -n 1p
usr/sbin/lighttpd -v | cut -d ' ' -f 1
echo "$seen"
[ "$seen" = 'the application: exit code 33, order,amount 8,6.00 7,5
nginx: exit code 33, order,amount 8,6.00 7,5
Caddy: exit code 33, order,amount 8,6.00 7,5
HAProxy: exit code 33, order,amount 8,6.00 7,5
Apache: exit code 0, order,amount 8,6.00 7,5.00 7,5.25
lighttpd: exit code 0, order,amount 8,6.00 7,5.00 7,5.25
Apache, helped: exit code 33, order,amount 8,6.00 7,5
lighttpd, helped: exit code 33, order,amount 8,6.00 7,5' ]
