#!/usr/bin/env bash
# One would guess that `Header always unset X-Powered-By` in Apache takes that header out of each answer, as `always` sounds
# like more than without it. Apache has two lists of headers, and `always` means the other one. What an application behind
# ProxyPass sends is in the first, so this line takes nothing away, and `Header unset` does. With `set`, it's the other way
# round: `Header set` isn't there on errors that Apache makes by itself, such as the 503 while the application is away, and
# `Header always set` beside an application that sends the same header makes two of it. The manual explains the lists. What
# helps: `unset` without `always`, and for one's own headers `Header unset` and `Header always set` together.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

read -r origin proxy away < <(node -e '
  const servers = [0, 1, 2].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > origin.cjs << 'JS'
const headers = { 'X-Powered-By': 'Express', 'X-Frame-Options': 'SAMEORIGIN' }
require('node:http').createServer((req, res) => res.writeHead(200, headers).end('paid')).listen(process.argv[2], '127.0.0.1')
JS
cat > apache.conf << CONF
ServerRoot $folder/usr/lib/apache2
$(for module in mpm_event authz_core proxy proxy_http headers; do echo "LoadModule ${module}_module modules/mod_$module.so"; done)
DefaultRuntimeDir $folder
PidFile $folder/pid
ErrorLog $folder/log
ServerName shop.example.org
Listen 127.0.0.1:$proxy
User nobody
Group nogroup
<Location "/always">
  Header always unset X-Powered-By
  Header always set X-Frame-Options DENY
</Location>
<Location "/plain">
  Header unset X-Powered-By
  Header set X-Frame-Options DENY
</Location>
<Location "/helped">
  Header unset X-Powered-By
  Header unset X-Frame-Options
  Header always set X-Frame-Options DENY
</Location>
ProxyPass "/always/away" "http://127.0.0.1:$away/"
ProxyPass "/plain/away" "http://127.0.0.1:$away/"
ProxyPass "/helped/away" "http://127.0.0.1:$away/"
ProxyPass "/" "http://127.0.0.1:$origin/"
CONF
node origin.cjs "$origin" &
usr/sbin/apache2 -f "$folder/apache.conf" -D FOREGROUND &
until curl --silent --fail --output /dev/null "http://127.0.0.1:$proxy/"; do sleep 0.1; done
usr/sbin/apache2 -v | sed -n 's/^Server version: //p'
for kind in always plain helped; do
  for path in "$kind" "$kind/away"; do
    headers=$(curl --silent --head "http://127.0.0.1:$proxy/$path" | tr -d '\r')
    of() { sed -n "s/^$1: //Ip" <<< "$headers" | paste -sd, | sed 's/^$/none/'; }
    echo "/$path: X-Powered-By $(of X-Powered-By), X-Frame-Options $(of X-Frame-Options)"
  done
done | tee seen
[ "$(cat seen)" = '/always: X-Powered-By Express, X-Frame-Options DENY,SAMEORIGIN
/always/away: X-Powered-By none, X-Frame-Options DENY
/plain: X-Powered-By none, X-Frame-Options DENY
/plain/away: X-Powered-By none, X-Frame-Options none
/helped: X-Powered-By none, X-Frame-Options DENY
/helped/away: X-Powered-By none, X-Frame-Options DENY' ]
