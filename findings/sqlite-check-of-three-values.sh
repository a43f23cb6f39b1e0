#!/usr/bin/env bash
# One would guess that a CHECK which lists the values of a column costs a few comparisons. From the third value on, SQLite
# builds a temporary B-tree with all values for every row that is written, looks the new one up, and throws the tree away. The same
# goes for the condition of a partial index: in a table with two such columns and one such index, all that was a quarter of the
# time of an INSERT.
# Written as comparisons with OR, nothing is built.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.21.0 > /dev/null

cat > try.mjs << 'JS'
import { DatabaseSync } from 'node:sqlite'
const database = new DatabaseSync(':memory:')
console.log('SQLite', database.prepare('SELECT sqlite_version() AS version').get().version)
function show(what, definition, index = '') {
  database.exec(`CREATE TABLE t (state TEXT ${definition}); ${index}`)
  const steps = database.prepare(`EXPLAIN INSERT INTO t VALUES ('a')`).all()
  console.log(`${what}: ${steps.filter(({ opcode }) => opcode === 'OpenEphemeral').length} temporary B-trees`)
  database.exec('DROP TABLE t')
}
show('CHECK of two values', `CHECK (state IN ('a', 'b'))`)
show('CHECK of three values', `CHECK (state IN ('a', 'b', 'c'))`)
show('the same with OR', `CHECK (state = 'a' OR state = 'b' OR state = 'c')`)
show('index of three values', '', `CREATE INDEX i ON t (state) WHERE state IN ('a', 'b', 'c')`)
show('the same with OR', '', `CREATE INDEX i ON t (state) WHERE state = 'a' OR state = 'b' OR state = 'c'`)
JS
node_modules/node/bin/node try.mjs | tee seen
[ "$(cat seen)" = 'SQLite 3.53.4
CHECK of two values: 0 temporary B-trees
CHECK of three values: 1 temporary B-trees
the same with OR: 0 temporary B-trees
index of three values: 1 temporary B-trees
the same with OR: 0 temporary B-trees' ]
