#!/usr/bin/env bash
# One would guess that a dump of SQLite is SQL that each program with SQLite can run. For a virtual table, such as a full-text index, the
# dump doesn't say CREATE VIRTUAL TABLE, which would fill it anew, but writes a row into the schema by hand. better-sqlite3 opens
# all databases in SQLite's defensive mode, which forbids that, and says "table sqlite_master may not be modified", a name that isn't in
# the dump. In its `unsafeMode()` the dump is read, but that connection doesn't know the table; the next one does. What helps:
# to have the sqlite3 program read the dump, or to copy the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 2> /dev/null
dpkg -x sqlite3_*.deb .
npm install --silent --no-audit --no-fund better-sqlite3@12.11.1 > /dev/null
usr/bin/sqlite3 -batch shop.db "CREATE VIRTUAL TABLE search USING fts5(words); INSERT INTO search VALUES ('pay, then read')"
usr/bin/sqlite3 -batch shop.db .dump > dump.sql

cat > try.cjs << 'JS'
const { readFileSync } = require('node:fs')
const Database = require('better-sqlite3')
const attempt = (what, run) => {
  try {
    console.log(`${what}: ${run() ?? 'done'}`)
  } catch (error) {
    console.log(`${what}: ${error.message}`)
  }
}
const find = (db) => db.prepare(`SELECT words FROM search WHERE search MATCH 'read'`).pluck().get()
const read = (db) => void db.exec(readFileSync('dump.sql', 'utf8'))
attempt('the dump', () => read(new Database('as-it-is.db')))
const unsafe = new Database('unsafe.db').unsafeMode()
attempt('in unsafe mode', () => read(unsafe))
attempt('a search', () => find(unsafe))
attempt('a search, opened again', () => find(new Database('unsafe.db')))
attempt('a search in what sqlite3 has read', () => find(new Database('sqlite3.db')))
JS
usr/bin/sqlite3 -batch sqlite3.db < dump.sql
echo "sqlite3 $(usr/bin/sqlite3 --version | cut -d ' ' -f 1), better-sqlite3 $(node -p 'require("better-sqlite3/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'the dump: table sqlite_master may not be modified
in unsafe mode: done
a search: no such table: search
a search, opened again: pay, then read
a search in what sqlite3 has read: pay, then read' ]
