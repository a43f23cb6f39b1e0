#!/usr/bin/env bash
# One would guess that what serialize() returns can be opened, since that is what the constructor takes a Buffer for. If the database has a
# write-ahead log, as a shop's should, the copy says so in its header, and a database in memory can't have one: opening the copy works,
# and its first query fails with SQLITE_CANTOPEN, "unable to open database file", though there is no file. With a rollback journal,
# the same lines work. What helps: to make the copy by VACUUM INTO, whose file has no write-ahead log, or to set bytes 18 and 19 of
# the copy to 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > try.cjs << 'JS'
const Database = require('better-sqlite3')
function copy(mode, change = () => {}) {
  const db = new Database(`${mode}.db`)
  db.pragma(`journal_mode = ${mode}`)
  db.exec('CREATE TABLE IF NOT EXISTS orders (id PRIMARY KEY); INSERT OR IGNORE INTO orders VALUES (1)')
  const bytes = db.serialize()
  change(bytes)
  const opened = new Database(bytes)
  try {
    return `${opened.prepare('SELECT COUNT(*) FROM orders').pluck().get()} order(s)`
  } catch (error) {
    return `${error.code}: ${error.message}`
  }
}
console.log('rollback journal:', copy('DELETE'))
console.log('write-ahead log:', copy('WAL'))
console.log('and both bytes set to 1:', copy('WAL', (bytes) => bytes.fill(1, 18, 20)))
JS
node_modules/node/bin/node try.cjs | tee seen
[ "$(cat seen)" = 'rollback journal: 1 order(s)
write-ahead log: SQLITE_CANTOPEN: unable to open database file
and both bytes set to 1: 1 order(s)' ]
