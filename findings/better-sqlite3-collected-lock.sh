#!/usr/bin/env bash
# One would guess that a transaction which was begun stays open until it is ended, or the database is closed. better-sqlite3 closes a
# database once nothing in JavaScript refers to it any more, with its transaction and its locks, at whatever time garbage happens
# to be collected. So a lock that is taken in a function and held on purpose for the life of the process is gone after some minutes
# of it. What helps: keep a reference, such as by a listener that closes it at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > try.js << 'JS'
const Sqlite = require('better-sqlite3')

function hold(file) {
  const lock = new Sqlite(file)
  lock.exec('BEGIN EXCLUSIVE')
  return lock
}

function isHeld(file) {
  const other = new Sqlite(file, { timeout: 0 })
  try {
    other.exec('BEGIN EXCLUSIVE')
    return false
  } catch (error) {
    return error.code === 'SQLITE_BUSY'
  } finally {
    other.close()
  }
}

async function main() {
  const kept = hold('kept')
  hold('not-kept')
  console.log(`at first: kept ${isHeld('kept')}, not kept ${isHeld('not-kept')}`)
  for (const pause of [50, 50]) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    gc()
  }
  await new Promise(setImmediate) // databases are closed after the collection
  console.log(`after a collection: kept ${isHeld('kept')}, not kept ${isHeld('not-kept')}`)
  kept.close()
}
main()
JS
seen=$(node_modules/node/bin/node --expose-gc try.js)
echo 'better-sqlite3 13.2.0:'
echo "$seen"
[ "$seen" = 'at first: kept true, not kept true
after a collection: kept true, not kept false' ]
