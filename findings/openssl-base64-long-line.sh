#!/usr/bin/env bash
# One would guess that `openssl base64 -d` decodes a text in Base64, or says that it can't. It expects lines as a mail has them. A text
# on one line, as programs and `base64 -w 0` write it, is nothing to it without a line break at its end, and with one, each 1,024
# characters before the last ones are skipped: of 1,000 bytes, the last 232 arrive, and of 767, none. There's no message, and the exit
# code is 0. A shorter text is right, so a key or a picture works in a test, and a somewhat longer one doesn't. coreutils' base64
# decodes all of them. The manual pages have it: `enc` says that `-A` is for a single line, and BIO_f_base64 what becomes of one without
# it. What helps: `-A`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openssl=3.0.20-1~deb12u2 libssl3=3.0.20-1~deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(dirname "$(find "$folder/usr/lib" -name libcrypto.so.3)")
export LD_LIBRARY_PATH

run() { # how many bytes arrive, which are the last ones of the file
  usr/bin/openssl base64 -d "$@" > decoded
  wc -c < decoded
  tail -c "$(wc -c < decoded)" file | cmp - decoded
}
usr/bin/openssl version | cut -d ' ' -f 1,2
for size in 15 700 767 768 1000 3000; do
  seq 1000 | head --bytes=$size > file
  base64 -w 0 file > line
  { cat line; echo; } > line-with-break
  echo "$size bytes: a line $(run -in line), with a line break $(run -in line-with-break), with -A $(run -A -in line)," \
    "coreutils $(base64 -d line | wc -c)"
done | tee seen
[ "$(cat seen)" = '15 bytes: a line 0, with a line break 15, with -A 15, coreutils 15
700 bytes: a line 0, with a line break 700, with -A 700, coreutils 700
767 bytes: a line 0, with a line break 0, with -A 767, coreutils 767
768 bytes: a line 0, with a line break 0, with -A 768, coreutils 768
1000 bytes: a line 0, with a line break 232, with -A 1000, coreutils 1000
3000 bytes: a line 0, with a line break 696, with -A 3000, coreutils 3000' ]
