#!/usr/bin/env bash
# One would guess that a text which one library for YAML writes is that text to another. `yaml` for JavaScript knows the rules of YAML
# 1.2, puts quotes where those need them, and leaves `9:30` and `1_000` without. PyYAML reads by the rules of 1.1: a time is a number
# with the base 60, so a shop opens at 570 and closes at 1110, the code of a voucher is a number, and one that begins with 0b as well.
# A time that begins with a zero is a text, so it depends on the hour. js-yaml quotes all of these. What helps:
# `compat: 'yaml-1.1'` in stringify(), which isn't the default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0 > /dev/null
apt-get download -qq python3-yaml=6.0-3+b2 libyaml-0-2=0.2.5-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > try.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import * as jsYaml from 'js-yaml'
import { stringify } from 'yaml'
const shop = { opens: '9:30', closes: '18:30', sunday: '08:00', voucher: '1_000', size: '0b101', took: '1:02:03.5' }
writeFileSync('yaml', stringify(shop))
writeFileSync('yaml, compat', stringify(shop, { compat: 'yaml-1.1' }))
writeFileSync('js-yaml', jsYaml.dump(shop))
JS
cat > try.py << 'PY'
import yaml
for name in ['yaml', 'yaml, compat', 'js-yaml']:
    with open(name) as file:
        shop = yaml.safe_load(file)
    print(f'written by {name}:', ', '.join(f'{key} {value}' for key, value in shop.items()))
PY
echo 'yaml 2.9.1, js-yaml 5.5.0, PyYAML 6.0'
node try.mjs
PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'written by yaml: opens 570, closes 1110, sunday 08:00, voucher 1000, size 5, took 3723.5
written by yaml, compat: opens 9:30, closes 18:30, sunday 08:00, voucher 1_000, size 0b101, took 1:02:03.5
written by js-yaml: opens 9:30, closes 18:30, sunday 08:00, voucher 1_000, size 0b101, took 1:02:03.5' ]
