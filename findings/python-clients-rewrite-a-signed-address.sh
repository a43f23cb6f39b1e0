#!/usr/bin/env bash
# One would guess that a client asks for the address that it was given. aiohttp decodes whatever needs no escape by its own
# rules: `%3A` and `%28` become `:` and `(`. requests does so with `%7E`, and escapes brackets. To HTTP these are the same
# address. But a signature over the address, as in webhooks, presigned links and HTTP message signatures, is over its letters:
# the server that checks it gets others, and refuses. It depends on what is in the query: an order works, a time with a colon
# fails. fetch, curl and Python's urllib leave the address as it is. What helps: in aiohttp `URL(address, encoded=True)`; with
# requests, to sign an address in which `~` stands for itself, and brackets are escaped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 python3-aiohttp=3.8.4-1+deb12u2 python3-yarl=1.8.2-1+b1 \
  python3-multidict=6.0.4-1+b1 python3-async-timeout=4.0.2-1 python3-aiosignal=1.3.1-1 python3-frozenlist=1.3.3-1+b1 python3-attr=22.2.0-1 \
  python3-charset-normalizer=3.0.1-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > server.py << 'PY'
import hashlib
import hmac
import http.server


def sign(target):
    return hmac.new(b"secret", target.encode(), hashlib.sha256).hexdigest()


class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        good = self.headers["X-Signature"] == sign(self.path)
        body = ("verified" if good else f"refused {self.path}").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
PY
cat > try.py << 'PY'
import asyncio
import http.server
import threading
import urllib.request

import aiohttp
import requests
from server import Shop, sign
from yarl import URL

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
threading.Thread(target=server.serve_forever, daemon=True).start()


async def by_aiohttp(url, headers):
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers=headers) as answer:
            return await answer.text()


print(f"requests {requests.__version__}, aiohttp {aiohttp.__version__}")
for target in ["/orders?id=7", "/orders?from=12%3A00", "/orders?name=%28tea%29", "/orders?ref=%7Eann", "/orders?ids[]=7"]:
    url = f"http://127.0.0.1:{server.server_port}{target}"
    headers = {"X-Signature": sign(target)}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        by_urllib = answer.read().decode()
    print(target)
    print(f"  urllib: {by_urllib}")
    print(f"  requests: {requests.get(url, headers=headers).text}")
    helped = asyncio.run(by_aiohttp(URL(url, encoded=True), headers))
    print(f"  aiohttp: {asyncio.run(by_aiohttp(url, headers))}; helped: {helped}")
server.shutdown()
PY
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'requests 2.28.1, aiohttp 3.8.4
/orders?id=7
  urllib: verified
  requests: verified
  aiohttp: verified; helped: verified
/orders?from=12%3A00
  urllib: verified
  requests: verified
  aiohttp: refused /orders?from=12:00; helped: verified
/orders?name=%28tea%29
  urllib: verified
  requests: verified
  aiohttp: refused /orders?name=(tea); helped: verified
/orders?ref=%7Eann
  urllib: verified
  requests: refused /orders?ref=~ann
  aiohttp: refused /orders?ref=~ann; helped: verified
/orders?ids[]=7
  urllib: verified
  requests: refused /orders?ids%5B%5D=7
  aiohttp: refused /orders?ids%5B%5D=7; helped: verified' ]
