#!/usr/bin/env bash
# One would guess that a token in the headers of a request is the one that is sent. Python's requests looks into the user's
# .netrc for the host, and if that has a line for it, say of an administrator who used curl or git there, its name and password
# replace the Authorization header of the program: no token arrives, but somebody else's name. A session's headers are replaced
# as well. httpx leaves the header alone, and curl reads that file only with --netrc. It happens on the one machine that has
# such a line, or a `default`. What helps: `auth=` with a function that sets the header, or `session.trust_env = False`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 python3-httpx=0.23.3-1 python3-httpcore=0.16.3-1 \
  python3-h11=0.14.0-1.1~deb12u1 python3-rfc3986=1.5.0-2 python3-sniffio=1.2.0-1 python3-anyio=3.6.2-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages HOME=$folder
unset NETRC
(umask 077 && echo 'machine 127.0.0.1 login ann password secret' > .netrc)

cat > try.py << 'PY'
import base64
import http.server
import threading

import httpx
import requests


class Who(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, value = self.headers["Authorization"].split(" ")
        name = base64.b64decode(value).decode().split(":")[0] if kind == "Basic" else value
        body = f"{kind}, {name}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Who)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"
headers = {"Authorization": "Bearer token-of-the-shop"}
session = requests.Session()
session.headers.update(headers)
print(f"requests {requests.__version__}, httpx {httpx.__version__}")
print("requests:", requests.get(url, headers=headers).text)
print("a session:", session.get(url).text)
session.trust_env = False
print("trust_env = False:", session.get(url).text)
print("httpx:", httpx.get(url, headers=headers).text)
server.shutdown()
PY
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'requests 2.28.1, httpx 0.23.3
requests: Basic, ann
a session: Basic, ann
trust_env = False: Bearer, token-of-the-shop
httpx: Bearer, token-of-the-shop' ]
