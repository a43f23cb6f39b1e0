#!/usr/bin/env bash
# One would guess that whoever can verify a file's signature can verify that of a message from a pipe. With an Ed25519 key, OpenSSL 3.0
# wants to know the size of the message beforehand, so it reads files only; `dgst`, with which RSA signatures are verified, does not
# know the kind of key; and `pkeyutl` without `-rawin` takes the message for a digest. One of four forms is left, so a webhook's
# token is written to a file before it is verified by hand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openssl=3.0.20-1~deb12u2 libssl3=3.0.20-1~deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(dirname "$(find "$folder/usr/lib" -name libcrypto.so.3)")
export LD_LIBRARY_PATH

run() { usr/bin/openssl "$@"; }
run genpkey -algorithm ed25519 -out private.pem
run pkey -in private.pem -pubout -out public.pem
printf 'header.payload' > message
run pkeyutl -sign -inkey private.pem -rawin -in message -out signature
verify() { if "$@" 2> /dev/null | grep -q Success; then echo verified; else echo 'not verified'; fi; }
from_a_pipe() { cat message | run pkeyutl -verify -pubin -inkey public.pem -sigfile signature -rawin; }
seen="a file: $(verify run pkeyutl -verify -pubin -inkey public.pem -sigfile signature -rawin -in message)
a pipe: $(verify from_a_pipe)
without -rawin: $(verify run pkeyutl -verify -pubin -inkey public.pem -sigfile signature -in message)
dgst: $(verify run dgst -verify public.pem -signature signature message)"
run version
echo "$seen"
[ "$seen" = 'a file: verified
a pipe: not verified
without -rawin: not verified
dgst: not verified' ]
