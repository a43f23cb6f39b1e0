#!/usr/bin/env bash
# One would guess that `substr(iban, -4)` is the last four characters, as it is in SQLite and JavaScript. PostgreSQL knows no place
# from the end: -4 is four characters before the first one, and with no length the answer is everything from there, so the whole
# account number stands where its last digits were to be. With a length it is less than that, or nothing: `substr(iban, -4, 4)` is
# empty. There is no error. It is the rule of standard SQL, and the examples of the documentation have positive numbers only.
# What helps: `right(iban, 4)`, or `substr(iban, length(iban) - 3)`, which SQLite reads alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts sql.js@1.17.0 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import initSqlJs from 'sql.js'
const postgres = await PGlite.create()
const sqlite = new (await initSqlJs()).Database()
const inPostgres = async (sql) => Object.values((await postgres.query(sql)).rows[0])[0]
const inSqlite = (sql) => sqlite.exec(sql)[0].values[0][0]
console.log(`SQLite ${inSqlite('SELECT sqlite_version()')}, PostgreSQL ${await inPostgres('SHOW server_version')}`)
const iban = 'DE02120300000000202051'
for (const call of [`substr('${iban}', -4)`, `substr('${iban}', -4, 4)`, `substr('${iban}', -4, 6)`, `substr('${iban}', length('${iban}') - 3)`])
  console.log(`${call.replaceAll(`'${iban}'`, 'iban')}: SQLite '${inSqlite(`SELECT ${call}`)}', PostgreSQL '${await inPostgres(`SELECT ${call}`)}'`)
console.log(`right(iban, 4): PostgreSQL '${await inPostgres(`SELECT right('${iban}', 4)`)}'; JavaScript's substr and slice: ${iban.substr(-4)}, ${iban.slice(-4)}`)
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "substr(iban, -4): SQLite '2051', PostgreSQL 'DE02120300000000202051'
substr(iban, -4, 4): SQLite '2051', PostgreSQL ''
substr(iban, -4, 6): SQLite '2051', PostgreSQL 'D'
substr(iban, length(iban) - 3): SQLite '2051', PostgreSQL '2051'
right(iban, 4): PostgreSQL '2051'; JavaScript's substr and slice: 2051, 2051" ]
