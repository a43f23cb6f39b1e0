#!/usr/bin/env bash
# One would guess that `COPY (SELECT document FROM orders) TO 'orders.jsonl'`, the usual way to write lines of JSON, writes what
# the documents are. The text format of COPY doubles each backslash, and JSON has one before each quotation mark and in each line
# break: a note with quotation marks makes a line that no parser reads, and one with a line break has a backslash and an n
# instead, without an error. Most notes have neither, so it works for months. `SELECT document::text` writes what it should. The
# csv format doubles quotation marks in place of backslashes. What helps: psql -At -c 'SELECT …' > file, or FORMAT csv with a
# quote and a delimiter that JSON never has, E'\x01' and E'\x02'.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log((await db.query('SHOW server_version')).rows[0].server_version)
await db.exec('CREATE TABLE orders (document JSONB)')
const formats = {
  'COPY … TO': '',
  'COPY … TO, csv': 'WITH (FORMAT csv)',
  'COPY … TO, csv of its own': String.raw`WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')`,
}
for (const note of ['a gift', 'for "Ann"', 'two\nlines']) {
  await db.exec('TRUNCATE orders')
  await db.query('INSERT INTO orders VALUES ($1)', [{ note }])
  const lines = { 'SELECT document::text': (await db.query('SELECT document::text FROM orders')).rows[0].document }
  for (const [name, options] of Object.entries(formats))
    lines[name] = (await (await db.query(`COPY (SELECT document FROM orders) TO '/dev/blob' ${options}`)).blob.text()).trimEnd()
  for (const [name, line] of Object.entries(lines)) {
    let read
    try {
      read = JSON.parse(line).note === note ? 'the same note' : `another note, ${JSON.stringify(JSON.parse(line).note)}`
    } catch {
      read = 'unreadable'
    }
    console.log(`${name}: ${line}: ${read}`)
  }
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'SELECT document::text: {"note": "a gift"}: the same note
COPY … TO: {"note": "a gift"}: the same note
COPY … TO, csv: "{""note"": ""a gift""}": unreadable
COPY … TO, csv of its own: {"note": "a gift"}: the same note
SELECT document::text: {"note": "for \"Ann\""}: the same note
COPY … TO: {"note": "for \\"Ann\\""}: unreadable
COPY … TO, csv: "{""note"": ""for \""Ann\""""}": unreadable
COPY … TO, csv of its own: {"note": "for \"Ann\""}: the same note
SELECT document::text: {"note": "two\nlines"}: the same note
COPY … TO: {"note": "two\\nlines"}: another note, "two\\nlines"
COPY … TO, csv: "{""note"": ""two\nlines""}": unreadable
COPY … TO, csv of its own: {"note": "two\nlines"}: the same note' ]
