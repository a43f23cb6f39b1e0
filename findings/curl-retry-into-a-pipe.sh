#!/usr/bin/env bash
# One would guess that `curl --retry 3 …/export.csv > export.csv` gives the export of the attempt that has succeeded. What the
# failed attempts have sent is there as well, in front of it: the words of a 503 become the heading of the table, and where a
# download was cut off and repeated with --retry-all-errors, the file has its first sales twice, a total that is too high, and
# curl's exit code is 0. With `-o export.csv` curl empties the file before each attempt; what has gone to its standard output,
# it can't take back, and --fail keeps out the error pages, but not the halves. What helps: -o, and a pipe behind that file.
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
let count = 0
const server = require('node:http').createServer(({ url }, res) => {
  if (count++ % 2) return res.end('order,amount\n1,5.25\n2,6.00\n')
  if (url === '/busy') return res.writeHead(503).end('Please come back later\n')
  res.writeHead(200, { 'Content-Length': 28 }).write('order,amount\n1,5.25\n')
  setTimeout(() => res.destroy(), 200) // cut off
})
server.listen(0, '127.0.0.1', () => writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
# ask PATH OPTION…: the lines of the export, and their total
curl() { usr/bin/curl --silent --retry 1 --retry-delay 1 "$@"; }
ask() {
  local code=0
  curl "${@:2}" "http://127.0.0.1:$(cat port)$1" > export.csv || code=$?
  echo "$* > export.csv: exit code $code, $(paste -s -d ' ' export.csv); total $(awk -F , '{ sum += $2 } END { print sum }' export.csv)"
}
into() {
  curl -o export.csv "${@:2}" "http://127.0.0.1:$(cat port)$1"
  echo "$* -o export.csv: $(paste -s -d ' ' export.csv); total $(awk -F , '{ sum += $2 } END { print sum }' export.csv)"
}
seen=$(ask /busy; ask /busy --fail; ask /cut --retry-all-errors; ask /cut --retry-all-errors --fail; into /cut --retry-all-errors)
usr/bin/curl --version | sed -n '1s/ (.*//p'
echo "$seen"
[ "$seen" = '/busy > export.csv: exit code 0, Please come back later order,amount 1,5.25 2,6.00; total 11.25
/busy --fail > export.csv: exit code 0, order,amount 1,5.25 2,6.00; total 11.25
/cut --retry-all-errors > export.csv: exit code 0, order,amount 1,5.25 order,amount 1,5.25 2,6.00; total 16.5
/cut --retry-all-errors --fail > export.csv: exit code 0, order,amount 1,5.25 order,amount 1,5.25 2,6.00; total 16.5
/cut --retry-all-errors -o export.csv: order,amount 1,5.25 2,6.00; total 11.25' ]
