#!/usr/bin/env bash
# One would guess that a browser which has a page gets 304 for it, through a proxy that compresses as well. Apache's mod_deflate
# marks the ETag of what it has compressed, by `-gzip` at its end, but doesn't take the mark off again when the browser sends
# the tag back. An application behind ProxyPass, such as Express, which makes weak tags by itself, doesn't know it, so it sends
# the whole page each time, and each time Apache compresses it anew. Debian turns the module on for texts when Apache is
# installed. The manual says so where it explains the directive that changes it. What helps: `DeflateAlterETag NoChange`, for
# weak tags, which may stay as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq apache2-bin=2.4.71-1~deb12u1 libapr1=1.7.2-3+deb12u1 libaprutil1=1.6.3-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund express@5.3.0 > /dev/null

read -r origin proxy unchanged < <(node -e '
  const servers = [0, 1, 2].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
  Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
    console.log(servers.map((each) => each.address().port).join(" "))
    for (const each of servers) each.close()
  })')
cat > origin.cjs << 'JS'
const app = require('express')()
app.use((req, res) => res.send('Pay five cents. '.repeat(100)))
app.listen(process.argv[2], '127.0.0.1')
JS
cat > apache.conf << CONF
ServerRoot $folder/usr/lib/apache2
$(for module in mpm_event authz_core proxy proxy_http filter deflate; do echo "LoadModule ${module}_module modules/mod_$module.so"
done)
DefaultRuntimeDir $folder
PidFile $folder/pid
ErrorLog $folder/log
ServerName shop.example.org
Listen 127.0.0.1:$proxy
User nobody
Group nogroup
Listen 127.0.0.1:$unchanged
<Location "/compressed">
  SetOutputFilter DEFLATE
</Location>
ProxyPass "/" "http://127.0.0.1:$origin/"
<VirtualHost 127.0.0.1:$unchanged>
  DeflateAlterETag NoChange
  ProxyPass "/" "http://127.0.0.1:$origin/"
</VirtualHost>
CONF
cat > ask.mjs << 'JS'
const [proxy, unchanged] = process.argv.slice(2)
for (const [name, url] of Object.entries({
  'not compressed': `${proxy}/plain`,
  compressed: `${proxy}/compressed`,
  'compressed, NoChange': `${unchanged}/compressed`,
})) {
  const first = await fetch(url)
  const tag = first.headers.get('etag')
  const again = await fetch(url, { headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' } }) // as a browser
  console.log(`${name}: ${first.headers.get('content-encoding')}, ${tag.slice(0, 5)}…${tag.slice(-6)}, then ${again.status}`)
}
JS
node origin.cjs "$origin" &
usr/sbin/apache2 -f "$folder/apache.conf" -D FOREGROUND &
until curl --silent --fail --output /dev/null "http://127.0.0.1:$proxy/plain"; do sleep 0.1; done
echo "$(usr/sbin/apache2 -v | sed -n "s/^Server version: //p"), Express 5.3.0"
node ask.mjs "http://127.0.0.1:$proxy" "http://127.0.0.1:$unchanged" | tee seen
[ "$(cat seen)" = 'not compressed: null, W/"64…RBoRo", then 304
compressed: gzip, W/"64…-gzip", then 200
compressed, NoChange: gzip, W/"64…RBoRo", then 304' ]
