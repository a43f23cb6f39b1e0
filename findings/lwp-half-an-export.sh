#!/usr/bin/env bash
# One would guess that a client of HTTP says so when an answer ends before its end. Perl's LWP takes what has come: `is_success`
# is true for half an export, with `Content-Length: 27` and 20 bytes. PHP's file_get_contents() gives the half as a text,
# without the warning that it has for other failures, and Python's requests doesn't compare the length either. If the answer is
# sent in chunks, requests raises an error; LWP leaves a note in X-Died beside its success, and PHP still has none. fetch, httpx
# and Perl's HTTP::Tiny refuse both. What helps: for LWP, to look at X-Died, and to compare `length $answer->content` with the
# header; for PHP its curl extension; for requests, urllib3 2.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 python3-httpx=0.23.3-1 python3-httpcore=0.16.3-1 \
  python3-h11=0.14.0-1.1~deb12u1 python3-sniffio=1.2.0-1 python3-anyio=3.6.2-1 python3-rfc3986=1.5.0-2 libwww-perl=6.68-1 \
  libhttp-message-perl=6.44-1 liburi-perl=5.17-1 libhttp-date-perl=6.05-2 libnet-http-perl=6.22-1 libtry-tiny-perl=0.31-2 \
  libencode-locale-perl=1.05-3 libio-html-perl=1.004-3 liblwp-mediatypes-perl=6.04-2 libtimedate-perl=2.3300-2 libhttp-negotiate-perl=6.01-2 \
  libclone-perl=0.46-1 libhttp-cookies-perl=6.10-1 libhtml-parser-perl=3.81-1+deb12u1 libhtml-tagset-perl=3.20-6 \
  php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 libsodium23=1.0.18-1+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 \
  libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages PERL5LIB=$folder/usr/share/perl5:$folder/usr/lib/x86_64-linux-gnu/perl5/5.36
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu

cat > server.cjs << 'JS'
const server = require('node:http').createServer(({ url }, res) => {
  res.writeHead(200, url === '/length' ? { 'Content-Length': 27 } : {}).write('order,amount\n1,5.25\n')
  setTimeout(() => res.destroy(), 200) // cut off before `2,6.00`
})
server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync('port', String(server.address().port)))
JS
cat > ask.mjs << 'JS'
const end = await (await fetch(process.argv[2])).text().then((text) => `${text.length} bytes`, () => 'an error')
console.log(`  fetch: ${end}`)
JS
cat > ask.py << 'PY'
import sys

import httpx
import requests

for client in [httpx, requests]:
    try:
        answer = client.get(sys.argv[1])
        print(f"  {client.__name__}: {answer.status_code}, {len(answer.content)} bytes")
    except Exception as error:
        print(f"  {client.__name__}: {type(error).__name__}")
PY
cat > ask.pl << 'PERL'
use HTTP::Tiny;
use LWP::UserAgent;
my $tiny = HTTP::Tiny->new->get($ARGV[0]);
printf "  HTTP::Tiny: %s\n", $tiny->{success} ? length($tiny->{content}) . ' bytes' : 'an error';
my $answer = LWP::UserAgent->new->get($ARGV[0]);
printf "  LWP: %s, is_success is %s, %d bytes, X-Died: %s\n", $answer->code, $answer->is_success ? 'true' : 'false',
  length $answer->content, $answer->header('X-Died') ? 'there' : 'none';
PERL
cat > ask.php << 'PHP'
<?php
set_error_handler(function () { echo "  a warning\n"; });
$text = file_get_contents($argv[1]);
echo "  PHP: ", strlen($text), " bytes\n";
PHP
node server.cjs &
until [ -s port ]; do sleep 0.1; done
/usr/bin/python3 -c 'import requests, httpx; print(f"requests {requests.__version__}, httpx {httpx.__version__}")'
perl -MLWP::UserAgent -e 'print "LWP $LWP::VERSION\n"'
usr/bin/php8.2 -n -r 'echo "PHP ", PHP_VERSION, "\n";'
for path in length chunks; do
  url="http://127.0.0.1:$(cat port)/$path"
  echo "$path"
  node ask.mjs "$url"
  /usr/bin/python3 ask.py "$url"
  perl ask.pl "$url"
  usr/bin/php8.2 -n ask.php "$url"
done | tee seen
[ "$(cat seen)" = 'length
  fetch: an error
  httpx: RemoteProtocolError
  requests: 200, 20 bytes
  HTTP::Tiny: an error
  LWP: 200, is_success is true, 20 bytes, X-Died: none
  PHP: 20 bytes
chunks
  fetch: an error
  httpx: RemoteProtocolError
  requests: ChunkedEncodingError
  HTTP::Tiny: an error
  LWP: 200, is_success is true, 20 bytes, X-Died: there
  PHP: 20 bytes' ]
