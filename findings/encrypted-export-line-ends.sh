#!/usr/bin/env bash
# One would guess that a file which was encrypted is the same file once it was decrypted. `openssl cms`, like `smime`, takes what it gets
# for a mail: an export with the line ends of Linux gets those of Windows, so it's another file with another hash, and a picture is
# broken. OpenPGP.js does the opposite to what it decrypts: the line ends of Windows, which RFC 4180 wants in CSV, become those of
# Linux, also where bytes were encrypted. Neither has a message, and a signature within is valid. What helps: `-binary` to encrypt,
# which the manual page of cms has among its options, and `format: 'binary'` to decrypt for OpenPGP.js.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq openssl=3.0.20-1~deb12u2 libssl3=3.0.20-1~deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
openssl() { LD_LIBRARY_PATH=$(dirname "$(find "$folder/usr/lib" -name libcrypto.so.3)") usr/bin/openssl "$@"; }
npm install --silent --no-audit --no-fund openpgp@6.3.2 > /dev/null

cat > there-and-back.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import { createMessage, decrypt, encrypt, readMessage } from 'openpgp'
const [, , file, format] = process.argv
const message = await createMessage({ binary: readFileSync(file) })
const armoredMessage = await encrypt({ message, passwords: ['tea'] })
const { data } = await decrypt({ message: await readMessage({ armoredMessage }), passwords: ['tea'], ...(format && { format }) })
writeFileSync('decrypted', data)
JS
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -subj /CN=tea 2> /dev/null
printf 'tea;5.25\ncup;7.00\n' > linux.csv
printf 'tea;5.25\r\ncup;7.00\r\n' > windows.csv
same() { if cmp -s "$1" decrypted; then echo 'the same'; else echo "another, $(wc -c < "$1") bytes are $(wc -c < decrypted)"; fi; }
echo 'OpenSSL 3.0.20, OpenPGP.js 6.3.2'
for file in linux.csv windows.csv; do
  echo "$file"
  for options in '' -binary; do
    # shellcheck disable=SC2086
    openssl cms -encrypt $options -in $file -out encrypted certificate.pem
    openssl cms -decrypt -in encrypted -inkey key.pem -out decrypted
    echo "  openssl cms${options:+ $options}: $(same $file)"
  done
  for format in '' binary; do
    # shellcheck disable=SC2086
    node there-and-back.mjs $file $format
    echo "  OpenPGP.js${format:+, $format}: $(same $file)"
  done
done | tee seen
[ "$(cat seen)" = 'linux.csv
  openssl cms: another, 18 bytes are 20
  openssl cms -binary: the same
  OpenPGP.js: the same
  OpenPGP.js, binary: the same
windows.csv
  openssl cms: the same
  openssl cms -binary: the same
  OpenPGP.js: another, 20 bytes are 18
  OpenPGP.js, binary: the same' ]
