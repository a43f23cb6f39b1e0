#!/usr/bin/env bash
# One would guess that `openssl base64 -d` decodes what `base64` decodes, or fails. It wants lines: of a text without a line
# break at its end, as `printf %s "$SECRET"` writes it, it decodes nothing, and of one long line with a break at its end only a
# part; of base64url, what stands before the first `-` or `_`. The exit code is 0 each time, and nothing is said. So a script
# that checks a webhook computes its HMAC with an empty key, or with half of one, and all signatures are wrong; a certificate or
# an invoice that was one line is cut. -A helps with long lines, and without a line break too, but not with base64url. What
# helps: `base64 -d` of coreutils, which fails where it should.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openssl=3.0.22-1~deb12u2 libssl3=3.0.22-1~deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

decode() { # decode COMMAND…: how many bytes it makes of its input, and its exit code
  local code=0
  "$@" > decoded 2> /dev/null || code=$?
  echo "$(stat -c %s decoded) bytes, exit code $code"
}
openssl() { usr/bin/openssl "$@"; }
try() { # try WHAT FILE
  echo "$1: openssl $(decode openssl base64 -d < "$2"); with -A $(decode openssl base64 -d -A < "$2"); base64 $(decode base64 -d < "$2")"
}
printf %s 'c2VjcmV0LW9mLXRoZS13ZWJob29r' > plain # 21 bytes
echo 'c2VjcmV0LW9mLXRoZS13ZWJob29r' > with-break
head -c 2000 /dev/zero | base64 -w 0 > long
echo >> long
echo 'c2Vj-mV0LW9mLXRoZS13ZWJob29r' > url
seen=$(try 'a line break at the end' with-break; try 'without a line break' plain; try 'one line of 2000 bytes' long; try base64url url)
usr/bin/openssl version | cut -d ' ' -f 1-2
echo "$seen"
[ "$seen" = 'a line break at the end: openssl 21 bytes, exit code 0; with -A 21 bytes, exit code 0; base64 21 bytes, exit code 0
without a line break: openssl 0 bytes, exit code 0; with -A 21 bytes, exit code 0; base64 21 bytes, exit code 0
one line of 2000 bytes: openssl 464 bytes, exit code 0; with -A 2000 bytes, exit code 0; base64 2000 bytes, exit code 0
base64url: openssl 3 bytes, exit code 0; with -A 0 bytes, exit code 0; base64 3 bytes, exit code 1' ]
