#!/usr/bin/env bash
# One would guess that a library which writes a header can read it again. A decimal of HTTP's structured fields has three digits
# behind its point, and at least one. structured-headers rounds to three, takes the zeros away, and leaves the point alone:
# 1.0005 is written as `1.`, and a price of 0.0002 of a coin as `0.`. The format forbids that, and its own parser rejects it, so
# the whole header is lost, with all its other fields. A test with 1.5 works. And 5.0 is written as `5`, an integer, which is
# another type to the reader. What helps: integers of the smallest unit, or a string.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund structured-headers@2.1.0 > /dev/null

cat > try.mjs << 'JS'
import { parseDictionary, serializeDictionary } from 'structured-headers'
for (const price of [1.5, 1.25, 1.0005, 0.0002, 2.00049, 5.0]) {
  const header = serializeDictionary({ currency: 'sol', price })
  try {
    console.log(`${price}: ${header}; read as ${parseDictionary(header).get('price')[0]}`)
  } catch (error) {
    console.log(`${price}: ${header}; ${error.message}`)
  }
}
JS
echo 'structured-headers 2.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = '1.5: currency="sol", price=1.5; read as 1.5
1.25: currency="sol", price=1.25; read as 1.25
1.0005: currency="sol", price=1.; Parse error: Decimal cannot end on a period at offset 24
0.0002: currency="sol", price=0.; Parse error: Decimal cannot end on a period at offset 24
2.00049: currency="sol", price=2.; Parse error: Decimal cannot end on a period at offset 24
5: currency="sol", price=5; read as 5' ]
