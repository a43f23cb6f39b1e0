#!/usr/bin/env bash
# One would guess that a program sends the same order whatever else is installed. Python's requests writes JSON with simplejson
# if that can be imported, and with Python's own json if it can't. To json, a namedtuple, as rows of a database or a CSV file
# often are, is a list, and to simplejson it is an object: the lines of an order are `["tea", 525]` on a laptop, and
# `{"product": "tea", "cents": 525}` on a server on which some other package has brought simplejson along. A Decimal is an
# error on the one and a number on the other. The program imports neither of them. What helps: `data=json.dumps(order)` with a
# Content-Type, so that one chooses who writes, or lists and dicts only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-requests=2.28.1+dfsg-1 python3-urllib3=1.26.12-1+deb12u4 python3-chardet=5.1.0+dfsg-2 python3-idna=3.3-1+deb12u1 \
  python3-certifi=2022.9.24-1 python3-six=1.16.0-4 python3-simplejson=3.18.3-1 2> /dev/null
for package in *.deb; do
  case $package in python3-simplejson*) into=other ;; *) into=own ;; esac
  dpkg -x "$package" "$into"
done

cat > order.py << 'PY'
from collections import namedtuple
from decimal import Decimal

import requests

Line = namedtuple("Line", "product cents")
for order in {"lines": [Line("tea", 525)]}, {"total": Decimal("5.25")}:
    try:
        print(" ", requests.Request("POST", "https://example.org/", json=order).prepare().body.decode())
    except TypeError as error:
        print(" ", error)
PY
packages=usr/lib/python3/dist-packages
echo "requests $(dpkg-deb -f python3-requests_*.deb Version), simplejson $(dpkg-deb -f python3-simplejson_*.deb Version)"
{
  echo without simplejson
  PYTHONPATH=own/$packages /usr/bin/python3 -S order.py
  echo with simplejson
  PYTHONPATH=own/$packages:other/$packages /usr/bin/python3 -S order.py
} | tee seen
[ "$(cat seen)" = 'without simplejson
  {"lines": [["tea", 525]]}
  Object of type Decimal is not JSON serializable
with simplejson
  {"lines": [{"product": "tea", "cents": 525}]}
  {"total": 5.25}' ]
