#!/usr/bin/env bash
# One would guess that a value in a file of settings is the text behind the `=`. PHP's parse_ini_file calculates: `|`, `&` and
# `^` are operators on the bits of numbers, and a word is 0. So the sizes `38|40` are 46, `Tea & cake` is 0, and `M|L` is 0 as
# well, without a warning. `no`, `none` and `off` are empty, and `yes` is 1. In quotes, each of them is the text that it was.
# The package ini of npm reads all of them as they are written, and writes them without quotes, so a file of one is another one
# to the other. The manual says so in a note below its examples. What helps: quotes, or INI_SCANNER_RAW.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq php8.2-cli=8.2.36-1~deb12u1 php8.2-common=8.2.36-1~deb12u1 \
  libsodium23=1.0.18-1+deb12u1 libargon2-1=0~20171227-0.3+deb12u1 \
  libxml2=2.9.14+dfsg-1.3~deb12u6 libicu72=72.1-3+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund --ignore-scripts ini@6.0.0 > /dev/null

cat > write.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import { parse, stringify } from 'ini'
const product = { sizes: '38|40', title: 'Tea & cake', shirt: 'M|L', packing: 'none' }
writeFileSync('product.ini', stringify(product))
console.log('ini:', JSON.stringify(parse(stringify(product))))
JS
cat > read.php << 'PHP'
<?php
echo 'PHP: ', json_encode(parse_ini_file('product.ini')), "\n";
echo 'raw: ', json_encode(parse_ini_file('product.ini', false, INI_SCANNER_RAW)), "\n";
PHP
php() { LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/php8.2 -n "$@"; }
echo "PHP $(php -r 'echo PHP_VERSION;'), ini $(node -p 'require("./node_modules/ini/package.json").version')"
{
  node write.mjs
  php read.php
} | tee seen
[ "$(cat seen)" = 'ini: {"sizes":"38|40","title":"Tea & cake","shirt":"M|L","packing":"none"}
PHP: {"sizes":"46","title":"0","shirt":"0","packing":""}
raw: {"sizes":"38|40","title":"Tea & cake","shirt":"M|L","packing":"none"}' ]
