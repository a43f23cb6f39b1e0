#!/usr/bin/env bash
# One would guess that what belongs to an extension can't be taken away from it: DROP FUNCTION refuses, and names the extension. But
# ALTER FUNCTION … SET SCHEMA moves a single function of it elsewhere, without a word, and the extension is listed where it was.
# DROP SCHEMA … CASCADE of the other schema then drops the whole extension, and with it each index that uses it in any schema.
# Whoever sets a schema's contents aside, as before a restore, moves such functions along. What helps: leave out what pg_depend
# lists with deptype 'e'.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
const db = await PGlite.create({ extensions: { pg_trgm } })
await db.exec(`
  CREATE EXTENSION pg_trgm;
  CREATE TABLE products (title TEXT);
  CREATE INDEX by_title ON products USING gin (title gin_trgm_ops);
  CREATE SCHEMA aside`)
console.log('PostgreSQL ' + (await db.query('SHOW server_version')).rows[0].server_version)
async function run(sql) {
  const answer = await db.exec(sql).then(() => 'done', (error) => error.message)
  const found = await db.query(`
    SELECT (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'pg_trgm') AS extension,
           (SELECT indexname FROM pg_indexes WHERE tablename = 'products') AS index`)
  const { extension, index } = found.rows[0]
  console.log(`${sql}: ${answer}; extension in ${extension}, index ${index}`)
}
await run('DROP FUNCTION similarity(text, text)')
await run('ALTER FUNCTION similarity(text, text) SET SCHEMA aside')
await run('DROP SCHEMA aside')
await run('DROP SCHEMA aside CASCADE')
await db.close()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 4 <<< "$seen")" = 'DROP FUNCTION similarity(text, text): cannot drop function similarity(text,text) because extension pg_trgm requires it; extension in public, index by_title
ALTER FUNCTION similarity(text, text) SET SCHEMA aside: done; extension in public, index by_title
DROP SCHEMA aside: cannot drop schema aside because other objects depend on it; extension in public, index by_title
DROP SCHEMA aside CASCADE: done; extension in null, index null' ]
