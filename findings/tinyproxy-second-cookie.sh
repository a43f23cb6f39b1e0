#!/usr/bin/env bash
# One would guess that a proxy passes on the cookies of an answer, however many there are. tinyproxy keeps the headers of an
# answer by their names, and of several with the same name it passes on the first. Set-Cookie is the one header that can't be
# joined into a line, so a login that sets a session and a token against forged forms gives the browser only the session, and
# each form that follows is refused. It is so for what it forwards and for what it serves with ReversePath. Of several Link
# headers one is left as well. nginx passes on both. What helps is to set one cookie for each answer, and the other with the
# page after a redirect.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq tinyproxy-bin=1.11.1-2.1+deb12u1 nginx=1.22.1-9+deb12u11 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
chmod 755 .

read -r origin tinyproxy nginx < <(node -e '
  const servers = [0, 1, 2].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > tinyproxy.conf << CONF
Port $tinyproxy
Listen 127.0.0.1
Timeout 10
MaxClients 10
LogFile "$folder/tinyproxy-log"
ReversePath "/shop/" "http://127.0.0.1:$origin/"
CONF
cat > nginx.conf << CONF
daemon off; pid pid; error_log log;
events {}
http { access_log off; $(for name in client_body proxy fastcgi uwsgi scgi; do echo "${name}_temp_path temporary;"; done)
server { listen 127.0.0.1:$nginx; location / { proxy_pass http://127.0.0.1:$origin; } }
}
CONF
cat > origin.cjs << 'JS'
require('node:http').createServer((_req, res) => {
  res.setHeader('Set-Cookie', ['session=1; HttpOnly', 'token=2'])
  res.setHeader('Link', ['</orders?page=2>; rel=next', '</orders?page=9>; rel=last'])
  res.end()
}).listen(process.argv[2], '127.0.0.1')
JS
node origin.cjs "$origin" &
usr/bin/tinyproxy -d -c tinyproxy.conf > /dev/null 2>&1 &
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
for address in "$origin/" "$nginx/" "$tinyproxy/shop/"; do
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$address"; do sleep 0.1; done
done
ask() {
  curl --silent --include --noproxy '' "${@:2}" | tr -d '\r' > answer
  echo "$1: $(sed -n 's/^Set-Cookie: //p' answer | paste -s -d '|') and $(sed -n 's/^Link: //p' answer | paste -s -d '|')"
}
seen=$(ask 'the application' "http://127.0.0.1:$origin/"
  ask nginx "http://127.0.0.1:$nginx/"
  ask 'tinyproxy, forward' --proxy "http://127.0.0.1:$tinyproxy" "http://127.0.0.1:$origin/"
  ask 'tinyproxy, ReversePath' "http://127.0.0.1:$tinyproxy/shop/")
usr/bin/tinyproxy -v
usr/sbin/nginx -v 2>&1
echo "$seen"
[ "$seen" = 'the application: session=1; HttpOnly|token=2 and </orders?page=2>; rel=next|</orders?page=9>; rel=last
nginx: session=1; HttpOnly|token=2 and </orders?page=2>; rel=next|</orders?page=9>; rel=last
tinyproxy, forward: session=1; HttpOnly and </orders?page=2>; rel=next
tinyproxy, ReversePath: session=1; HttpOnly and </orders?page=2>; rel=next' ]
