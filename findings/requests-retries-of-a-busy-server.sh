#!/usr/bin/env bash
# One would guess that `HTTPAdapter(max_retries=3)` of Python's requests does what its own description says: that it's for
# lookups and connections that fail, and never for a request whose data has reached the server. It becomes a Retry of urllib3,
# which repeats every 413, 429 and 503 that has a Retry-After, and waits for as long as that says. So a PUT or DELETE is sent
# four times, the call takes for as long as the server likes, whatever `timeout` is, and requests still hands over the 503 as if
# it were the first. The same 503 without the header is not repeated. What helps: `max_retries=Retry(connect=3, status=0,
# other=0, respect_retry_after_header=False)`. Nickel sends that header with its 429 and 503.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 \
  python3-idna=3.3-1+deb12u1 python3-certifi=2022.9.24-1 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
import http.server
import threading
import time

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

count = 0


class Busy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        global count
        count += 1
        self.send_response(503)
        if self.path == "/with-retry-after":
            self.send_header("Retry-After", "2")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_DELETE = do_POST = do_GET

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy)
threading.Thread(target=server.serve_forever, daemon=True).start()


def ask(name, max_retries, method, path):
    global count
    count = 0
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", HTTPAdapter(max_retries=max_retries))
    begin = time.monotonic()
    status = session.request(method, f"http://127.0.0.1:{server.server_port}{path}", timeout=0.5).status_code
    seconds = int(time.monotonic() - begin)
    print(f"{name}, {method} {path}: {status} after {count} requests, {'at once' if seconds < 2 else f'{seconds} seconds'}")


print(f"requests {requests.__version__}")
ask("3", 3, "DELETE", "/without")
ask("3", 3, "DELETE", "/with-retry-after")
ask("3", 3, "POST", "/with-retry-after")
only = Retry(connect=3, status=0, other=0, respect_retry_after_header=False)
ask("connections only", only, "DELETE", "/with-retry-after")
server.shutdown()
PY
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'requests 2.28.1
3, DELETE /without: 503 after 1 requests, at once
3, DELETE /with-retry-after: 503 after 4 requests, 6 seconds
3, POST /with-retry-after: 503 after 1 requests, at once
connections only, DELETE /with-retry-after: 503 after 1 requests, at once' ]
