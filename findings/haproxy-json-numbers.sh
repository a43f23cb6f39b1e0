#!/usr/bin/env bash
# One would guess that HAProxy's `json_query('$.order')`, of `{"order":1234567}`, is 1234567: it is made for routing, logging and limits
# by what is in a body. A number is written with six digits, as C's `%g` does: the order 1234567 is `1.23457e+06`, as 1234571 and others
# are, and a total of 12345.67 is `12345.7`. So a header for the application, a line of the log, a stick table of buyers or a comparison
# of texts has another order, or takes two for one. With numbers up to six digits, as in each test, it is right. What helps:
# `json_query('$.order','int')` for whole numbers, which cuts amounts off, or ids and amounts that are texts in JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > haproxy.cfg << 'CONF'
defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
frontend shop
  bind unix@socket
  option http-buffer-request
  http-request set-var(txn.plain) req.body,json_query('$.order')
  http-request set-var(txn.int) req.body,json_query('$.order','int')
  http-request return status 200 content-type text/plain lf-string "json_query %[var(txn.plain)], with int %[var(txn.int)]\n"
CONF
usr/sbin/haproxy -f haproxy.cfg > log 2>&1 &
until [ -S socket ]; do sleep 0.1; done
usr/sbin/haproxy -v | sed -n 1p
for order in 123456 1234567 1234571 12345.67 '"1234567"'; do
  echo "$order: $(curl --silent --unix-socket socket --data "{\"order\":$order}" http://shop.example.org/)"
done | tee seen
[ "$(cat seen)" = '123456: json_query 123456, with int 123456
1234567: json_query 1.23457e+06, with int 1234567
1234571: json_query 1.23457e+06, with int 1234571
12345.67: json_query 12345.7, with int 12345
"1234567": json_query 1234567, with int 1234567' ]
