#!/usr/bin/env bash
# One would guess that a value which is logged under a key replaces that of the child logger. pino writes both into the line, which
# is documented and valid JSON, since looking for duplicates would cost time. But which of them counts is up to the reader: JavaScript
# and PostgreSQL take the last one, that of the call; SQLite takes the first one, that of the child. So the same log, loaded into
# a file of SQLite to ask it questions, answers with another order. A `msg` in the logged object with a text beside it
# does the same. What helps: keys that no child has, or to have JavaScript write the line again before SQLite gets it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pino@10.4.0 better-sqlite3@12.11.1 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import Database from 'better-sqlite3'
import pino from 'pino'
const lines = []
const log = pino({ base: null, timestamp: false }, { write: (line) => lines.push(line.trimEnd()) })
log.child({ order: 'first' }).info({ order: 'second' }, 'refunded')
log.info({ msg: 'first' }, 'second')
const sqlite = new Database(':memory:')
const postgres = await PGlite.create()
for (const line of lines) {
  const key = line.includes('order') ? 'order' : 'msg'
  console.log(line)
  console.log(`  JavaScript: ${JSON.parse(line)[key]}`)
  for (const type of ['json', 'jsonb']) {
    const { rows } = await postgres.query(`SELECT $1::${type} ->> '${key}' AS value`, [line])
    console.log(`  PostgreSQL, ${type}: ${rows[0].value}`)
    console.log(`  SQLite, ${type}: ${sqlite.prepare(`SELECT ${type}(?) ->> '${key}'`).pluck().get(line)}`)
  }
}
const rewritten = JSON.stringify(JSON.parse(lines[0]))
console.log(`SQLite, written again: ${sqlite.prepare(`SELECT ? ->> 'order'`).pluck().get(rewritten)}`)
await postgres.close()
JS
node -p '["pino", "better-sqlite3", "@electric-sql/pglite"].map((name) =>
  `${name} ${JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, "utf8")).version}`).join(", ")'
node try.mjs | tee seen
[ "$(cat seen)" = '{"level":30,"order":"first","order":"second","msg":"refunded"}
  JavaScript: second
  PostgreSQL, json: second
  SQLite, json: first
  PostgreSQL, jsonb: second
  SQLite, jsonb: first
{"level":30,"msg":"first","msg":"second"}
  JavaScript: second
  PostgreSQL, json: second
  SQLite, json: first
  PostgreSQL, jsonb: second
  SQLite, jsonb: first
SQLite, written again: second' ]
