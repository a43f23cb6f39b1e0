#!/usr/bin/env bash
# One would guess that a QR code for a bank transfer is read as it was written: its third line says that the text is UTF-8, and
# most programs write just that. zbar, the reader of many Linux programs, knows nothing of that line and guesses from the bytes,
# with Chinese and Japanese among its guesses. So Jürgen Müller is J羹rgen M羹ller, and with a `€`, or a Polish name, there are
# Japanese letters. Account and amount are right, and plain letters always are, so all is well until somebody has an umlaut.
# jsqr and zbar's port to browsers read UTF-8. What helps: `zbarimg --raw --oneshot -Sbinary`, which gives the bytes as they
# are, or a writer that says in the code itself which characters follow (ECI), as segno can.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq zbar-tools=0.23.92-7+deb12u1 libzbar0=0.23.92-7+deb12u1 libv4l-0=1.22.1-5+b2 libv4lconvert0=1.22.1-5+b2 \
  qrencode=4.1.1-1 libqrencode4=4.1.1-1 python3-segno=1.4.1-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund qrcode@1.5.4 pngjs@7.0.0 jsqr@1.4.0 @undecaf/zbar-wasm@0.11.0 > /dev/null

cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { scanRGBABuffer } from '@undecaf/zbar-wasm'
import jsQr from 'jsqr'
import { PNG } from 'pngjs'
const { data, width, height } = PNG.sync.read(readFileSync(process.argv[3]))
if (process.argv[2] === 'jsqr') console.log(jsQr(new Uint8ClampedArray(data), width, height).data)
else console.log((await scanRGBABuffer(new Uint8Array(data).buffer, width, height))[0].decode())
JS
zbar() { usr/bin/zbarimg --quiet --raw "$@" 2> /dev/null || true; } # says that there is no D-Bus
transfer() { printf 'BCD\n002\n1\nSCT\n\n%s\nDE89370400440532013000\nEUR5.25\n\n\n%s' "$1" "$2"; }
name_and_text() { sed -n '6p;11,$p' | paste -sd ' '; }
echo 'zbar 0.23.92, qrcode 1.5.4, qrencode 4.1.1, segno 1.4.1, jsqr 1.4.0, zbar-wasm 0.11.0'
while IFS=, read -r name text; do
  transfer "$name" "$text" > text
  node -e "require('qrcode').toFile('qrcode.png', require('fs').readFileSync('text', 'utf8'))"
  usr/bin/qrencode -o qrencode.png < text
  /usr/bin/python3 -c "import segno; segno.make(open('text').read(), encoding='utf-8', eci=True).save('eci.png', scale=4)"
  echo "$name $text"
  echo "  jsqr: $(node read.mjs jsqr qrcode.png | name_and_text)"
  echo "  zbar-wasm: $(node read.mjs zbar qrcode.png | name_and_text)"
  echo "  zbar, of qrcode: $(zbar qrcode.png | name_and_text)"
  echo "  zbar, of qrencode: $(zbar qrencode.png | name_and_text)"
  echo "  zbar, bytes: $(zbar --oneshot -Sbinary qrcode.png | name_and_text)"
  echo "  zbar, with ECI: $(zbar eci.png | name_and_text)"
done << 'NAMES' | tee seen
Jurgen Muller,tea
Jürgen Müller,tea
Renée,5 €
Łukasz Wójcik,herbata
NAMES
[ "$(cat seen)" = 'Jurgen Muller tea
  jsqr: Jurgen Muller tea
  zbar-wasm: Jurgen Muller tea
  zbar, of qrcode: Jurgen Muller tea
  zbar, of qrencode: Jurgen Muller tea
  zbar, bytes: Jurgen Muller tea
  zbar, with ECI: Jurgen Muller tea
Jürgen Müller tea
  jsqr: Jürgen Müller tea
  zbar-wasm: Jürgen Müller tea
  zbar, of qrcode: J羹rgen M羹ller tea
  zbar, of qrencode: J羹rgen M羹ller tea
  zbar, bytes: Jürgen Müller tea
  zbar, with ECI: Jürgen Müller tea
Renée 5 €
  jsqr: Renée 5 €
  zbar-wasm: Renée 5 €
  zbar, of qrcode: Ren矇e 5 竄ｬ
  zbar, of qrencode: Ren矇e 5 竄ｬ
  zbar, bytes: Renée 5 €
  zbar, with ECI: Renée 5 €
Łukasz Wójcik herbata
  jsqr: Łukasz Wójcik herbata
  zbar-wasm: Łukasz Wójcik herbata
  zbar, of qrcode: ﾅ「kasz Wﾃｳjcik herbata
  zbar, of qrencode: ﾅ「kasz Wﾃｳjcik herbata
  zbar, bytes: Łukasz Wójcik herbata
  zbar, with ECI: Łukasz Wójcik herbata' ]
