#!/usr/bin/env bash
# One would guess that a column of true and false has these two words in a file, and that a date can be read by a person.
# csv-stringify writes 1 for true and nothing for false, so what is false can't be told from what isn't known, and a Date as the
# number of its milliseconds, which spreadsheets take for an amount. Papa Parse writes the words and ISO 8601. So a list that
# one program writes and another continues has both, and a database that loads it has NULL where a payment was not refunded. The
# documentation of `cast` has no word on what happens without it. What helps: to give `cast` a function for booleans and dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund csv-stringify@6.9.0 papaparse@5.7.1 > /dev/null

cat > try.mjs << 'JS'
import { stringify } from 'csv-stringify/sync'
import Papa from 'papaparse'
const paid = new Date('2026-11-02T09:00:00Z')
const orders = [
  { id: 'a', paid, refunded: true },
  { id: 'b', paid, refunded: false },
  { id: 'c', paid: null, refunded: null },
]
const cast = { boolean: String, date: (date) => date.toISOString() }
console.log(`csv-stringify:\n${stringify(orders, { header: true })}`)
console.log(`csv-stringify with cast:\n${stringify(orders, { header: true, cast })}`)
console.log(`Papa Parse:\n${Papa.unparse(orders, { newline: '\n' })}`)
JS
echo 'csv-stringify 6.9.0, Papa Parse 5.7.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'csv-stringify:
id,paid,refunded
a,1793610000000,1
b,1793610000000,
c,,

csv-stringify with cast:
id,paid,refunded
a,2026-11-02T09:00:00.000Z,true
b,2026-11-02T09:00:00.000Z,false
c,,

Papa Parse:
id,paid,refunded
a,2026-11-02T09:00:00.000Z,true
b,2026-11-02T09:00:00.000Z,false
c,,' ]
