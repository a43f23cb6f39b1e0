#!/usr/bin/env bash
# One would guess that a comment in a file of settings begins where a line begins, or at least behind a space. To npm's `ini`, a value ends at
# its first ; or #, wherever that is: of an address with a fragment, a password or a colour, the rest is gone, and nobody is told.
# Python's configparser writes such values as they are, and reads them whole, so a file that a Python program has written loses the
# end of values in JavaScript; and what `ini` writes itself, with a backslash, Python reads with the backslash. What helps: quotes
# around the value, which Python then keeps; so one program for each file, or TOML.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ini@6.0.0 > /dev/null

cat > write.py << 'PY'
import configparser
config = configparser.ConfigParser(interpolation=None)
config['shop'] = {'page': 'https://shop.example/#/orders', 'password': 'tea;42#x', 'colour': '#1a2b3c', 'tax': '19'}
with open('python.ini', 'w') as file:
    config.write(file)
PY
cat > read.py << 'PY'
import configparser
config = configparser.ConfigParser(interpolation=None)
config.read('node.ini')
print('written by ini, read by Python:', ', '.join(f'{key} {value}' for key, value in config['shop'].items()))
PY
cat > try.mjs << 'JS'
import { readFileSync, writeFileSync } from 'node:fs'
import ini from 'ini'
const { shop } = ini.parse(readFileSync('python.ini', 'utf8'))
console.log(`written by Python, read by ini: ${Object.entries(shop).map(([key, value]) => `${key} ${value || 'nothing'}`).join(', ')}`)
const values = { page: 'https://shop.example/#/orders', password: 'tea;42#x', colour: '#1a2b3c', tax: '19' }
writeFileSync('node.ini', ini.stringify({ shop: values }))
JS
echo 'ini 6.0.0, configparser of Python 3'
{
  python3 write.py
  node try.mjs
  python3 read.py
} | tee seen
[ "$(cat seen)" = 'written by Python, read by ini: page https://shop.example/, password tea, colour nothing, tax 19
written by ini, read by Python: page https://shop.example/\#/orders, password tea\;42\#x, colour \#1a2b3c, tax 19' ]
