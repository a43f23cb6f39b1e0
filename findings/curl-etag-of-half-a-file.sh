#!/usr/bin/env bash
# One would guess that `curl --etag-compare tag --etag-save tag -o export.csv`, run each night, has the whole file whenever its
# exit code is 0. curl saves the tag when the headers arrive, and not when the file is complete. A download that is cut off ends
# with code 18, and leaves half a file beside the tag of the whole. The next night, curl asks with this tag, the server answers
# 304, and curl's code is 0: half of the sales are the export from now on, until the server has another. The other condition,
# `-z export.csv`, does the same, even with `-R`, since half a file is as new as the attempt. What helps: to let curl write the
# file and the tag under other names, and to move both to their places once it has succeeded.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15 libnghttp2-14=1.52.0-1+deb12u3 librtmp1=2.4+20151223.gitfa8646d.1-2+b2 \
  libssh2-1=1.10.0-3+b1 libpsl5=0.21.2-1 libldap-2.5-0=2.5.13+dfsg-5 libsasl2-2=2.1.28+dfsg-10 libbrotli1=1.0.9-2+b6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > server.cjs << 'JS'
const { writeFileSync } = require('node:fs')
const tag = '"of-october"'
const time = 'Thu, 01 Oct 2026 12:00:00 GMT'
const counts = {}
const server = require('node:http').createServer(({ url, headers }, res) => {
  counts[url] = (counts[url] ?? 0) + 1
  res.setHeader('ETag', tag)
  res.setHeader('Last-Modified', time)
  if (headers['if-none-match'] === tag || Date.parse(headers['if-modified-since']) >= Date.parse(time)) return res.writeHead(304).end()
  res.writeHead(200, { 'Content-Length': 27 })
  if (counts[url] > 1) return res.end('order,amount\n1,5.25\n2,6.00\n')
  res.write('order,amount\n1,5.25\n')
  setTimeout(() => res.destroy(), 200) // cut off, the first time
})
server.listen(0, '127.0.0.1', () => writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
curl() { usr/bin/curl --silent --fail "$@" "http://127.0.0.1:$(cat port)/$name" || code=$?; }
by_tag() { curl --etag-compare tag --etag-save tag -o "$name.csv"; }
by_time() { curl -R -z "$name.csv" -o "$name.csv"; }
helped() {
  [ ! -e kept ] || cp kept kept.new
  curl --etag-compare kept.new --etag-save kept.new -o "$name.new"
  if [ "$code" = 0 ]; then
    mv kept.new kept
    [ ! -e "$name.new" ] || mv "$name.new" "$name.csv"
  fi
  rm -f kept.new "$name.new"
}
seen=$(for name in by_tag by_time helped; do
  for night in 1 2 3; do
    code=0
    $name
    echo "$name, night $night: exit code $code, $(if [ -e "$name.csv" ]; then wc -c < "$name.csv"; else echo no; fi) of 27 bytes"
  done
done)
usr/bin/curl --version | sed -n '1s/ (.*//p'
echo "$seen"
[ "$seen" = 'by_tag, night 1: exit code 18, 20 of 27 bytes
by_tag, night 2: exit code 0, 20 of 27 bytes
by_tag, night 3: exit code 0, 20 of 27 bytes
by_time, night 1: exit code 18, 20 of 27 bytes
by_time, night 2: exit code 0, 20 of 27 bytes
by_time, night 3: exit code 0, 20 of 27 bytes
helped, night 1: exit code 18, no of 27 bytes
helped, night 2: exit code 0, 27 of 27 bytes
helped, night 3: exit code 0, 27 of 27 bytes' ]
