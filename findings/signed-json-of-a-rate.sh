#!/usr/bin/env bash
# One would guess that JSON with sorted keys, without spaces and escapes, is the same text in each language, so that two sides
# can sign an order without having kept its bytes. Amounts with cents, accents and slashes pass. A whole price that was written
# 5.0 stays 5.0 in Python, and is 5 in PHP and Node. And below a ten-thousandth, where exchange rates are, each has a way of its
# own: 0.00000893 in Node, 8.93e-06 in Python, 8.93e-6 in PHP; with 1e-7 Node has an exponent too, and all three still differ.
# So signatures match until a rate is small enough. What helps: to sign the bytes that are sent; numbers as texts; or RFC 8785
# on each side, which is Node's way (here canonicalize).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 libsodium23=1.0.18-1+deb12u1 \
  libargon2-1=0~20171227-0.3+deb12u1 libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund canonicalize@2.1.0 > /dev/null

cat > write.mjs << 'JS'
import canonicalize from 'canonicalize'
process.stdout.write(canonicalize(JSON.parse(process.argv[2])))
JS
cat > write.py << 'PY'
import json
import sys

print(json.dumps(json.loads(sys.argv[1]), sort_keys=True, separators=(",", ":"), ensure_ascii=False), end="")
PY
cat > write.php << 'PHP'
<?php
$order = json_decode($argv[1], true);
ksort($order);
echo json_encode($order, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
PHP
sign() { openssl dgst -sha256 -hmac of-no-shop | sed 's/.* //' | cut -c1-8; }
echo "canonicalize 2.1.0, $(/usr/bin/python3 --version), $(usr/bin/php8.2 -n -r 'echo "PHP ", PHP_VERSION;')"
for order in '{"title":"Tea/Thé","price":5.25}' '{"title":"Tea","price":5.0}' \
  '{"title":"Tea","rate":0.00000893}' '{"title":"Tea","rate":1e-7}'; do
  echo "$order"
  for language in 'node write.mjs' '/usr/bin/python3 write.py' 'usr/bin/php8.2 -n write.php'; do
    $language "$order" > text
    echo "  $(sign < text) $(cat text)"
  done
done | tee seen
[ "$(cat seen)" = '{"title":"Tea/Thé","price":5.25}
  7334899c {"price":5.25,"title":"Tea/Thé"}
  7334899c {"price":5.25,"title":"Tea/Thé"}
  7334899c {"price":5.25,"title":"Tea/Thé"}
{"title":"Tea","price":5.0}
  31a1fb10 {"price":5,"title":"Tea"}
  9042cfd1 {"price":5.0,"title":"Tea"}
  31a1fb10 {"price":5,"title":"Tea"}
{"title":"Tea","rate":0.00000893}
  f3258bcc {"rate":0.00000893,"title":"Tea"}
  1ea815ad {"rate":8.93e-06,"title":"Tea"}
  b2d43cf4 {"rate":8.93e-6,"title":"Tea"}
{"title":"Tea","rate":1e-7}
  8a342c2d {"rate":1e-7,"title":"Tea"}
  6b7fa854 {"rate":1e-07,"title":"Tea"}
  bbfa4219 {"rate":1.0e-7,"title":"Tea"}' ]
