#!/usr/bin/env bash
# One would guess that an array holds what its elements are alone. pg gives a numeric as a text, so that no digit is lost, and an array of
# numerics as JavaScript's numbers: array_agg(amount), or a column numeric[], loses digits beyond the 15th or so, and sums of it are those
# of binary fractions. Arrays of bigint are texts, as a bigint is. What helps: array_agg(amount::text), or a parser of one's own for the
# type 1231.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pg@8.16.3 pg-types@2.2.0 > /dev/null

cat > try.cjs << 'JS'
const { types } = require('pg') // what it makes of PostgreSQL's texts; no server is needed for that
const read = (type, text) => types.getTypeParser(type)(text)
console.log('numeric:', read(1700, '12345678901234567.05'))
console.log('numeric[]:', read(1231, '{12345678901234567.05}'))
console.log('bigint:', read(20, '9007199254740993'))
console.log('bigint[]:', read(1016, '{9007199254740993}'))
const sum = read(1231, '{0.10,0.20}').reduce((a, b) => a + b)
console.log('the sum of {0.10,0.20}:', sum)
JS
node try.cjs | tee seen
[ "$(cat seen)" = "numeric: 12345678901234567.05
numeric[]: [ 12345678901234568 ]
bigint: 9007199254740993
bigint[]: [ '9007199254740993' ]
the sum of {0.10,0.20}: 0.30000000000000004" ]
