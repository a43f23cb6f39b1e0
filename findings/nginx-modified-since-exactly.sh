#!/usr/bin/env bash
# One would guess that a server answers 304 if a file hasn't been changed since the time that a client names. nginx, by default, does so
# only if that time is its Last-Modified to the second (`if_modified_since exact`). A client that names the time of its last visit, or
# of the file that it has written since, as `curl -z prices.csv` does without `-R`, gets all of it each time, although nothing has
# changed. RFC 9110 asks for 304 if the last change is no later than that time. lighttpd, Caddy and Express say 304. A feed or a list of
# prices that costs nothing on the developer's server is sent in full behind nginx. What helps: `if_modified_since before;`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 . # the workers of nginx are somebody else
apt-get download -qq nginx=1.22.1-9+deb12u11 lighttpd=1.4.69-1 caddy=2.6.2-5 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export HOME=$folder
npm install --silent --no-audit --no-fund express@5.3.0 > /dev/null
mkdir files
echo tea,5.25 > files/prices.csv
touch -d 2026-10-01T00:00:00Z files/prices.csv

read -r nginx helped lighttpd caddy express < <(node -e '
  const servers = [0, 1, 2, 3, 4].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > nginx.conf << CONF
daemon off; pid pid; error_log log;
events {}
http { access_log off; $(for name in client_body proxy fastcgi uwsgi scgi; do echo "${name}_temp_path temporary;"; done)
server { listen 127.0.0.1:$nginx; root $folder/files; }
server { listen 127.0.0.1:$helped; root $folder/files; if_modified_since before; }
}
CONF
cat > lighttpd.conf << CONF
server.document-root = "$folder/files"
server.bind = "127.0.0.1"
server.port = $lighttpd
mimetype.assign = (".csv" => "text/csv")
CONF
cat > Caddyfile << CONF
{
  admin off
  auto_https off
}
http://127.0.0.1:$caddy {
  root * $folder/files
  file_server
}
CONF
cat > app.cjs << 'JS'
const express = require('express')
express().use(express.static('files')).listen(process.argv[2], '127.0.0.1')
JS
usr/sbin/nginx -p "$folder" -c "$folder/nginx.conf" &
usr/sbin/lighttpd -D -f lighttpd.conf -m usr/lib/lighttpd 2> /dev/null &
usr/bin/caddy run --config Caddyfile --adapter caddyfile 2> /dev/null &
node app.cjs "$express" &
for port in $nginx $helped $lighttpd $caddy $express; do
  until curl --silent --output /dev/null "http://127.0.0.1:$port/prices.csv"; do sleep 0.1; done
done
echo "nginx 1.22.1, lighttpd 1.4.69, Caddy 2.6.2, express 5.3.0"
for server in "nginx $nginx" "nginx-before $helped" "lighttpd $lighttpd" "Caddy $caddy" "Express $express"; do
  read -r name port <<< "$server"
  line="$name:"
  for time in '01 Oct 2026 00:00:00' '02 Oct 2026 00:00:00'; do
    day=$([ "${time:0:2}" = 01 ] && echo Thu || echo Fri)
    header="If-Modified-Since: $day, $time GMT"
    status=$(curl --silent --output /dev/null --write-out '%{http_code}' -H "$header" "http://127.0.0.1:$port/prices.csv")
    line="$line since $day $status,"
  done
  echo "${line%,}"
done | tee seen
[ "$(cat seen)" = 'nginx: since Thu 304, since Fri 200
nginx-before: since Thu 304, since Fri 304
lighttpd: since Thu 304, since Fri 304
Caddy: since Thu 304, since Fri 304
Express: since Thu 304, since Fri 304' ]
