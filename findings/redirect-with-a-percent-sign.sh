#!/usr/bin/env bash
# One would guess that a redirect to `/search?q=green%20tea` leads there. In Apache's `RewriteRule` and in lighttpd's `url.redirect`,
# `%2` is what the second pair of brackets of a condition has matched, and nothing if there is none: browsers are sent to
# `/search?q=green0tea`, which finds nothing. An umlaut, `%C3%A4`, passes, as a letter is no such reference. No check of the
# configuration says a word, and `Redirect` of Apache, or Caddy, which one may have come from, send the address as it is. What helps:
# `\%20` in Apache, with `[NE]` against a second encoding; `%%20` in lighttpd; or `+` for a space in a query.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1+deb12u1 lighttpd=1.4.69-1 \
  caddy=2.6.2-5 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

read -r apache lighttpd caddy < <(node -e '
  const servers = [0, 1, 2].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > apache.conf << CONF
ServerRoot $folder/usr/lib/apache2
$(for module in mpm_event authz_core alias rewrite; do echo "LoadModule ${module}_module modules/mod_$module.so"; done)
DefaultRuntimeDir $folder
PidFile $folder/pid
ErrorLog $folder/log
ServerName shop.example.org
Listen 127.0.0.1:$apache
User nobody
Group nogroup
RewriteEngine on
RewriteRule ^/rewrite$ /search?q=green%20tea [R]
RewriteRule ^/helped$ /search?q=green\%20tea [R,NE]
Redirect /redirect /search?q=green%20tea
CONF
cat > lighttpd.conf << CONF
server.document-root = "$folder"
server.bind = "127.0.0.1"
server.port = $lighttpd
server.modules = ("mod_redirect")
url.redirect = ("^/redirect$" => "/search?q=green%20tea", "^/helped$" => "/search?q=green%%20tea")
CONF
cat > Caddyfile << CONF
{
  admin off
  auto_https off
}
http://127.0.0.1:$caddy {
  redir /redirect /search?q=green%20tea
}
CONF
usr/sbin/apache2 -t -f "$folder/apache.conf" 2>> checks
usr/sbin/lighttpd -tt -f lighttpd.conf -m usr/lib/lighttpd 2>> checks
usr/sbin/apache2 -f "$folder/apache.conf" -D FOREGROUND &
usr/sbin/lighttpd -D -f lighttpd.conf -m usr/lib/lighttpd 2> /dev/null &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> /dev/null &
for port in $apache $lighttpd $caddy; do
  until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
done
echo "$(usr/sbin/apache2 -v | sed -n "s/^Server version: //p"), lighttpd 1.4.69, Caddy 2.6.2"
for server in "Apache-RewriteRule $apache/rewrite" "Apache-Redirect $apache/redirect" "Apache-helped $apache/helped" \
  "lighttpd $lighttpd/redirect" "lighttpd-helped $lighttpd/helped" "Caddy $caddy/redirect"; do
  read -r name path <<< "$server"
  echo "$name: $(curl --silent --head "http://127.0.0.1:$path" | tr -d '\r' | sed -n 's/^location: \(.*:[0-9]*\)\?//Ip')"
done | tee seen
[ "$(cat seen)" = 'Apache-RewriteRule: /search?q=green0tea
Apache-Redirect: /search?q=green%20tea
Apache-helped: /search?q=green%20tea
lighttpd: /search?q=green0tea
lighttpd-helped: /search?q=green%20tea
Caddy: /search?q=green%20tea' ]
