#!/usr/bin/env bash
# One would guess that `curl --fail -o sales.csv URL -o refunds.csv URL` fails if one of the two can't be fetched. Its exit code is that
# of the last one: if the sales are 404 and the refunds arrive, it is 0, and `set -e` or `&&` go on with the sales of yesterday. The
# other way round, it is 22, so the order of two addresses decides whether a job notices. With `--parallel`, it is an error in both
# orders. wget ends with 8 in both cases. The manual says so below `--fail-early` only. What helps: `--fail-early`, which leaves out the
# others, or a call for each file.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15 libnghttp2-14=1.52.0-1+deb12u3 \
  librtmp1=2.4+20151223.gitfa8646d.1-2+b2 libssh2-1=1.10.0-3+b1 libpsl5=0.21.2-1 libldap-2.5-0=2.5.13+dfsg-5 \
  libsasl2-2=2.1.28+dfsg-10 libbrotli1=1.0.9-2+b6 wget=1.21.3-1+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > server.cjs << 'JS'
const server = require('node:http').createServer(({ url }, res) => res.writeHead(url === '/sales' ? 404 : 200).end('refund,cents\n1,525\n'))
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
url=http://127.0.0.1:$(cat port)
code() {
  local code=0
  "$@" 2> /dev/null || code=$?
  echo "exit code $code"
}
usr/bin/curl --version | sed -n '1s/ (.*//p'
for files in 'sales refunds' 'refunds sales'; do
  read -r first second <<< "$files"
  both=(-o "$first" "$url/$first" -o "$second" "$url/$second")
  echo "$files, curl: $(code usr/bin/curl --silent --fail "${both[@]}")"
  echo "$files, curl --parallel: $(code usr/bin/curl --silent --fail --parallel "${both[@]}")"
  echo "$files, curl --fail-early: $(code usr/bin/curl --silent --fail --fail-early "${both[@]}")"
  echo "$files, wget: $(code usr/bin/wget --quiet "$url/$first" "$url/$second")"
done | tee seen
[ "$(cat seen)" = 'sales refunds, curl: exit code 0
sales refunds, curl --parallel: exit code 22
sales refunds, curl --fail-early: exit code 22
sales refunds, wget: exit code 8
refunds sales, curl: exit code 22
refunds sales, curl --parallel: exit code 22
refunds sales, curl --fail-early: exit code 22
refunds sales, wget: exit code 8' ]
