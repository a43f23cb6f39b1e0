#!/usr/bin/env bash
# One would guess that a Date which node:sqlite can't store is an error. `run(null, new Date())` is one: "Provided value cannot be bound to
# SQLite parameter 2". As the first argument, a Date is taken for the object of named parameters, has no properties, and is dropped,
# and each value behind it moves one place to the front: `INSERT INTO orders (paid_at, amount) VALUES (?, ?)` with
# `run(new Date(), 525)` stores an order that was paid at 525, with no amount. `UPDATE orders SET paid_at = ? WHERE id = ?` changes
# no row, and the report of what came in since a Date is empty. A Map, a Set or any object without properties does the same.
# better-sqlite3 refuses all of them. What helps: `date.getTime()` or `date.toISOString()`, and NOT NULL.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.21.0 > /dev/null

cat > try.mjs << 'JS'
import { DatabaseSync } from 'node:sqlite'
const db = new DatabaseSync(':memory:')
console.log(`Node.js ${process.version}, SQLite ${db.prepare('SELECT sqlite_version() AS v').get().v}`)
const day = new Date('2026-11-01T10:00:00Z')
const attempt = (name, sql, ...values) => {
  db.exec(`DROP TABLE IF EXISTS orders; CREATE TABLE orders (id INTEGER PRIMARY KEY, paid_at, amount);
INSERT INTO orders VALUES (7, NULL, 700)`)
  let said
  try {
    said = `${db.prepare(sql).run(...values).changes} row`
  } catch (error) {
    said = error.message
  }
  const rows = db.prepare('SELECT * FROM orders ORDER BY id').all().map((row) => Object.values(row).map((value) => value ?? 'NULL').join(' '))
  console.log(`${name}: ${said}; ${rows.join(', ')}`)
}
const insert = 'INSERT INTO orders (paid_at, amount) VALUES (?, ?)'
attempt('INSERT, a Date first', insert, day, 525)
attempt('INSERT, a Date last', 'INSERT INTO orders (amount, paid_at) VALUES (?, ?)', 525, day)
attempt('INSERT, a Map first', insert, new Map([['a', 1]]), 525)
attempt('INSERT, a text', insert, day.toISOString(), 525)
attempt('UPDATE, a Date first', 'UPDATE orders SET paid_at = ? WHERE id = ?', day, 7)
db.exec(`UPDATE orders SET paid_at = '2026-11-02'`)
console.log(`paid since that day: ${db.prepare('SELECT COUNT(*) AS n FROM orders WHERE paid_at >= ?').get(day).n}`)
JS
NODE_NO_WARNINGS=1 node_modules/.bin/node try.mjs | tee seen
[ "$(cat seen)" = 'Node.js v24.21.0, SQLite 3.53.4
INSERT, a Date first: 1 row; 7 NULL 700, 8 525 NULL
INSERT, a Date last: Provided value cannot be bound to SQLite parameter 2.; 7 NULL 700
INSERT, a Map first: 1 row; 7 NULL 700, 8 525 NULL
INSERT, a text: 1 row; 7 NULL 700, 8 2026-11-01T10:00:00.000Z 525
UPDATE, a Date first: 0 row; 7 NULL 700
paid since that day: 0' ]
