#!/usr/bin/env bash
# One would guess that a parameter takes the type of the column that it is assigned to: in PostgreSQL, `SET at = $1` makes
# $1 a bigint where `at` is one. A parameter inside a CASE does not. The branches are resolved by themselves first, and a
# CASE of nothing but NULL and untyped parameters is text, so the assignment is refused. COALESCE with the column in it is
# fine, and so is a cast of the parameter. SQLite, which shares all other SQL of such a statement, takes it as it stands.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
await db.exec('CREATE TABLE checks (at BIGINT, done BIGINT); INSERT INTO checks VALUES (1, NULL)')
const version = (await db.query('SHOW server_version')).rows[0].server_version
console.log('PostgreSQL ' + version)
for (const value of ['$1', 'COALESCE(at, $1)', 'CASE WHEN done IS NULL THEN NULL ELSE $1 END', 'CASE WHEN done IS NULL THEN NULL ELSE CAST($1 AS BIGINT) END']) {
  const answer = await db.query('UPDATE checks SET at = ' + value, [2]).then(() => 'taken', (error) => error.message)
  console.log(value + ': ' + answer)
}
await db.close()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$(tail -n 4 <<< "$seen")" = '$1: taken
COALESCE(at, $1): taken
CASE WHEN done IS NULL THEN NULL ELSE $1 END: column "at" is of type bigint but expression is of type text
CASE WHEN done IS NULL THEN NULL ELSE CAST($1 AS BIGINT) END: taken' ]
