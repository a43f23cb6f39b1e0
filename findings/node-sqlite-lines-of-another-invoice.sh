#!/usr/bin/env bash
# One would guess that an aggregate function starts from nothing for each group. `start: []` in `aggregate()` of node:sqlite is
# one list for all of them, for as long as the database is open: the second invoice has the lines of the first, and the next query
# has those of all before it. With a number or a text, the usual examples, it is right, as those can't be changed. The
# documentation lists an array and an object among the types of `start`, and a function, which is called for each group.
# `aggregate()` of better-sqlite3 does the same. What helps: `start: () => []`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.21.0 > /dev/null

cat > try.mjs << 'JS'
import { DatabaseSync } from 'node:sqlite'
const db = new DatabaseSync(':memory:')
console.log(`Node.js ${process.version}`)
db.exec(`CREATE TABLE lines (invoice INTEGER, title TEXT); INSERT INTO lines VALUES (1, 'tea'), (1, 'cup'), (2, 'cake')`)
const step = (titles, title) => {
  titles.push(title)
  return titles
}
const result = (titles) => titles.join(' ')
for (const [name, start] of [['[]', []], ['() => []', () => []]]) {
  db.aggregate('titles', { start, step, result })
  for (const time of ['once', 'again']) {
    const rows = db.prepare('SELECT invoice, titles(title) AS titles FROM lines GROUP BY invoice').all()
    console.log(`start: ${name}, ${time}: ${rows.map(({ invoice, titles }) => `${invoice} ${titles}`).join('; ')}`)
  }
}
JS
NODE_NO_WARNINGS=1 node_modules/.bin/node try.mjs | tee seen
[ "$(cat seen)" = 'Node.js v24.21.0
start: [], once: 1 tea cup; 2 tea cup cake
start: [], again: 1 tea cup cake tea cup; 2 tea cup cake tea cup cake
start: () => [], once: 1 tea cup; 2 cake
start: () => [], again: 1 tea cup; 2 cake' ]
