#!/usr/bin/env bash
# One would guess that `mlr --icsv --ojson cat` writes JSON, whatever the CSV says. Miller keeps a number as it was written, and
# what it takes for a number isn't always one in JSON: a price of `.50` or `5.`, or an id like `0x1f` or `0b11`, stands without
# quotes, and the whole document can't be read any more, neither by JavaScript nor by Python. It takes one such value, so the
# same job fails in one month and not in another. With -O, which is about octal numbers, 007 is one as well. What helps: `-S`,
# which makes texts of all fields; or a format for the columns of amounts, and `string` for those of ids.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq miller=6.6.0-2+b3 2> /dev/null
dpkg -x miller_*.deb .

printf '%s\n' order,price 41,0.25 0x1f,0.25 0b11,0.25 42,.50 43,5. 007,0.25 > orders.csv
cat > read.mjs << 'JS'
import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) {
  let answer = 'read'
  try {
    JSON.parse(line)
  } catch {
    answer = 'refused'
  }
  console.log(`${line}: ${answer}`)
}
JS
usr/bin/mlr --version
{
  usr/bin/mlr --icsv --ojsonl cat orders.csv | node read.mjs
  echo 'with a format:'
  # shellcheck disable=SC2016
  usr/bin/mlr --icsv --ojsonl put '$order = string($order); $price = fmtnum($price, "%.2f")' orders.csv | node read.mjs
} | tee seen
[ "$(cat seen)" = '{"order": 41, "price": 0.25}: read
{"order": 0x1f, "price": 0.25}: refused
{"order": 0b11, "price": 0.25}: refused
{"order": 42, "price": .50}: refused
{"order": 43, "price": 5.}: refused
{"order": "007", "price": 0.25}: read
with a format:
{"order": "41", "price": 0.25}: read
{"order": "0x1f", "price": 0.25}: read
{"order": "0b11", "price": 0.25}: read
{"order": "42", "price": 0.50}: read
{"order": "43", "price": 5.00}: read
{"order": "007", "price": 0.25}: read' ]
