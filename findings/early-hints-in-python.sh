#!/usr/bin/env bash
# One would guess that a server may send 103 Early Hints ahead of a page, as Node's writeEarlyHints() does to let browsers fetch
# the styles, and that clients without a use for it wait for the page. They do in Node, in curl, wget, PHP, httpx and aiohttp.
# Python's http.client skips only 100 and takes any other as the answer. With requests, 103 is all there is: no text, and `ok`
# is true, so raise_for_status() passes, and an order or a list of prices is empty. httplib2 has the same, and urllib raises an
# error for it. For Perl's LWP, it's an answer without success. The page itself is read by nobody. 102 Processing does the same.
# What helps is to send hints only to a request that has `Sec-Fetch-Mode: navigate`, as browsers' are.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 python3-httplib2=0.20.4-3+deb12u1 \
  python3-pyparsing=3.0.9-1 python3-httpx=0.23.3-1 python3-httpcore=0.16.3-1 python3-h11=0.14.0-1.1~deb12u1 python3-sniffio=1.2.0-1 \
  python3-anyio=3.6.2-1 python3-rfc3986=1.5.0-2 libwww-perl=6.68-1 libhttp-message-perl=6.44-1 liburi-perl=5.17-1 \
  libhttp-date-perl=6.05-2 libnet-http-perl=6.22-1 libtry-tiny-perl=0.31-2 libencode-locale-perl=1.05-3 libio-html-perl=1.004-3 \
  liblwp-mediatypes-perl=6.04-2 libtimedate-perl=2.3300-2 libhttp-negotiate-perl=6.01-2 libclone-perl=0.46-1 libhttp-cookies-perl=6.10-1 \
  libhtml-parser-perl=3.81-1+deb12u1 libhtml-tagset-perl=3.20-6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages PERL5LIB=$folder/usr/share/perl5:$folder/usr/lib/x86_64-linux-gnu/perl5/5.36

cat > server.cjs << 'JS'
const server = require('node:http').createServer(({ url, headers }, res) => {
  const isPage = headers['sec-fetch-mode'] === 'navigate'
  if (url === '/hinted' || (url === '/helped' && isPage)) res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
  setTimeout(() => res.end('paid'), 200)
})
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
cat > ask.mjs << 'JS'
const answer = await fetch(process.argv[2])
console.log(`  fetch: ${answer.status} "${await answer.text()}"`)
JS
cat > ask.py << 'PY'
import sys
import urllib.error
import urllib.request

import httplib2
import httpx
import requests

url = sys.argv[1]
answer = httpx.get(url)
print(f'  httpx: {answer.status_code} "{answer.text}"')
answer = requests.get(url)
print(f'  requests: {answer.status_code} "{answer.text}", ok is {answer.ok}')
answer, body = httplib2.Http().request(url)
print(f'  httplib2: {answer.status} "{body.decode()}"')
try:
    with urllib.request.urlopen(url) as answer:
        print(f'  urllib: {answer.status} "{answer.read().decode()}"')
except urllib.error.HTTPError as error:
    print(f"  urllib: {error}")
PY
cat > ask.pl << 'PERL'
use LWP::UserAgent;
my $answer = LWP::UserAgent->new->get($ARGV[0]);
printf qq{  LWP: %s "%s", is_success is %s\n}, $answer->code, $answer->content, $answer->is_success ? 'true' : 'false';
PERL
node server.cjs &
until [ -s port ]; do sleep 0.1; done
/usr/bin/python3 -c 'import sys, requests, httplib2, httpx
print(f"Python {sys.version.split()[0]}, requests {requests.__version__}, httplib2 {httplib2.__version__}, httpx {httpx.__version__}")'
perl -MLWP::UserAgent -e 'print "LWP $LWP::VERSION\n"'
for path in plain hinted helped; do
  url="http://127.0.0.1:$(cat port)/$path"
  echo "$path"
  node ask.mjs "$url"
  echo "  curl: $(curl --silent --output body --write-out '%{http_code}' "$url") \"$(cat body)\""
  /usr/bin/python3 ask.py "$url"
  perl ask.pl "$url"
done | tee seen
[ "$(cat seen)" = 'plain
  fetch: 200 "paid"
  curl: 200 "paid"
  httpx: 200 "paid"
  requests: 200 "paid", ok is True
  httplib2: 200 "paid"
  urllib: 200 "paid"
  LWP: 200 "paid", is_success is true
hinted
  fetch: 200 "paid"
  curl: 200 "paid"
  httpx: 200 "paid"
  requests: 103 "", ok is True
  httplib2: 103 ""
  urllib: HTTP Error 103: Early Hints
  LWP: 103 "", is_success is false
helped
  fetch: 200 "paid"
  curl: 200 "paid"
  httpx: 200 "paid"
  requests: 200 "paid", ok is True
  httplib2: 200 "paid"
  urllib: 200 "paid"
  LWP: 200 "paid", is_success is true' ]
