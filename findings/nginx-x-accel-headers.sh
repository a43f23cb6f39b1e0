#!/usr/bin/env bash
# One would guess that nginx, told by `X-Accel-Redirect` to send a file in the application's name, sends it with the
# application's headers. It keeps a handful of them: the type, Content-Disposition, cookies, Cache-Control and Expires.
# Content-Encoding isn't one, so a page that was stored compressed arrives as bytes that no browser unpacks.
# Content-Language, Vary and Link are gone as well; the ETag is that of the file, and the status is 200, whatever it was. lighttpd's X-Sendfile keeps the headers and the
# status. What helps: `add_header` in the internal location, with `$upstream_http_content_encoding` and its like.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get download -qq nginx=1.22.1-9+deb12u11 lighttpd=1.4.69-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
mkdir files
echo 'Terms of sale' | gzip -n > files/terms.gz

cat > begin.cjs << 'JS'
const { once } = require('node:events')
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const origin = createServer(({ url }, res) => {
  res.writeHead(url.endsWith('gone') ? 410 : 200, {
    'Content-Type': 'text/html',
    'Content-Encoding': 'gzip',
    'Content-Language': 'de',
    'Cache-Control': 'no-store',
    'Set-Cookie': 'seen=1',
    'X-Accel-Redirect': url.startsWith('/helped') ? '/helped-files/terms.gz' : '/files/terms.gz',
    'X-Sendfile': `${process.cwd()}/files/terms.gz`,
  })
  res.end()
})
const servers = [origin, createServer(), createServer()]
Promise.all(servers.map((each) => once(each.listen(0, '127.0.0.1'), 'listening'))).then(() => {
  const [from, nginx, lighttpd] = servers.map((each) => each.address().port)
  for (const each of servers.slice(1)) each.close()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path temporary;`).join(' ')
  writeFileSync('nginx.conf', `daemon off; pid pid; error_log log;
events {}
http { access_log off; ${temporary} server { listen 127.0.0.1:${nginx};
  location / { proxy_pass http://127.0.0.1:${from}; }
  location /files/ { internal; root .; }
  location /helped-files/ {
    internal; alias files/;
    add_header Content-Encoding $upstream_http_content_encoding;
    add_header Content-Language $upstream_http_content_language;
  } } }`)
  writeFileSync('lighttpd.conf', `server.document-root = "${process.cwd()}"
server.bind = "127.0.0.1"
server.port = ${lighttpd}
server.modules = ("mod_proxy")
proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${from}, "x-sendfile" => "enable")))
`)
  writeFileSync('ports', `${nginx} ${lighttpd}`)
})
JS
cat > ask.mjs << 'JS'
const names = ['content-encoding', 'content-language', 'cache-control', 'set-cookie']
const [nginx, lighttpd] = process.argv.slice(2)
for (const [name, port, path] of [['nginx', nginx, '/'], ['nginx', nginx, '/gone'], ['nginx, helped', nginx, '/helped'], ['lighttpd', lighttpd, '/'], ['lighttpd', lighttpd, '/gone']]) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  const isText = (await answer.text()).startsWith('Terms')
  console.log(`${name} ${path}: ${answer.status}, ${isText ? 'terms' : 'bytes'}; ${names.filter((each) => answer.headers.has(each)).join(', ')}`)
}
JS
node begin.cjs &
until [ -s ports ]; do sleep 0.1; done
usr/sbin/nginx -p "$folder" -c nginx.conf 2> /dev/null &
usr/sbin/lighttpd -D -f lighttpd.conf -m usr/lib/lighttpd 2> lighttpd-log &
for port in $(cat ports); do until (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do sleep 0.1; done; done
usr/sbin/nginx -v 2>&1
usr/sbin/lighttpd -v | cut -d ' ' -f 1
# shellcheck disable=SC2046 # two ports
node ask.mjs $(cat ports) | tee seen
[ "$(cat seen)" = 'nginx /: 200, bytes; cache-control, set-cookie
nginx /gone: 200, bytes; cache-control, set-cookie
nginx, helped /helped: 200, terms; content-encoding, content-language, cache-control, set-cookie
lighttpd /: 200, terms; content-encoding, content-language, cache-control, set-cookie
lighttpd /gone: 410, terms; content-encoding, content-language, cache-control, set-cookie' ]
