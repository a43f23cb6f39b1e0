#!/usr/bin/env bash
# One would guess that `curl -F 'note=Black tea; 5 bags'` sends this note. For curl, what follows a semicolon may be the type or the
# name of a file, and what it doesn't know there is dropped: the note is `Black tea`. A warning says so, which `--silent`, as scripts
# have it, hides, even with `--show-error`; the exit code is 0. `Tea;type=green` is an error, and `Tea;type=text/html` loses its end and
# has a type. What helps: `--form-string 'note=…'` for all that somebody else has written.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15 libnghttp2-14=1.52.0-1+deb12u3 \
  librtmp1=2.4+20151223.gitfa8646d.1-2+b2 libssh2-1=1.10.0-3+b1 libpsl5=0.21.2-1 libldap-2.5-0=2.5.13+dfsg-5 \
  libsasl2-2=2.1.28+dfsg-10 libbrotli1=1.0.9-2+b6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > server.cjs << 'JS'
const server = require('node:http').createServer(async (req, res) => {
  const body = new Response((await req.toArray()).join(''), { headers: req.headers })
  res.end((await body.formData()).get('note'))
})
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
node server.cjs &
until [ -s port ]; do sleep 0.1; done
usr/bin/curl --version | sed -n '1s/ (.*//p'
for kind in -F --form-string; do
  for note in 'Black tea, 5 bags' 'Black tea; 5 bags' 'Tea;type=text/html'; do
    code=0
    text=$(usr/bin/curl --silent --show-error "$kind" "note=$note" "http://127.0.0.1:$(cat port)/" 2>&1) || code=$?
    echo "$kind, note=$note: \"$text\", exit code $code"
  done
done | tee seen
[ "$(cat seen)" = '-F, note=Black tea, 5 bags: "Black tea, 5 bags", exit code 0
-F, note=Black tea; 5 bags: "Black tea", exit code 0
-F, note=Tea;type=text/html: "Tea", exit code 0
--form-string, note=Black tea, 5 bags: "Black tea, 5 bags", exit code 0
--form-string, note=Black tea; 5 bags: "Black tea; 5 bags", exit code 0
--form-string, note=Tea;type=text/html: "Tea;type=text/html", exit code 0' ]
