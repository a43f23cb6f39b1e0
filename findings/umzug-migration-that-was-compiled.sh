#!/usr/bin/env bash
# One would guess that a migration which has run is known, in whatever form it is there. Umzug records the name of its file with the ending,
# so `001-prices.ts`, run on a laptop or by tsx, and `001-prices.js`, the same one compiled, are two migrations: the second is
# pending, and runs again over what the first has done. A migration that multiplies all prices by 100 does it twice, without an
# error; one that creates a table fails at least. Renaming a folder of migrations to .mjs or .cjs does the same.
# What helps: a `resolve` that takes the ending off the name, from the first day on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts umzug@3.8.3 sql.js@1.17.0 > /dev/null

mkdir source built
echo "export const up = ({ context }) => context.run('UPDATE products SET price = price * 100')" > source/001-prices.ts
cp source/001-prices.ts built/001-prices.js
echo '{ "type": "module" }' > built/package.json
cat > try.mjs << 'JS'
import { copyFileSync } from 'node:fs'
import initSqlJs from 'sql.js'
import { memoryStorage, Umzug } from 'umzug'
const SQL = await initSqlJs()
// The one in TypeScript has no types, so it is read as what it is.
copyFileSync('source/001-prices.ts', 'built/of-typescript.js')
const load = (path) => import(path.endsWith('.ts') ? './built/of-typescript.js' : path)
for (const [rule, nameOf] of [
  ['names as they are', (name) => name],
  ['names without an ending', (name) => name.replace(/\.[jt]s$/, '')],
]) {
  const context = new SQL.Database()
  context.run('CREATE TABLE products (price INTEGER); INSERT INTO products VALUES (5)')
  const storage = memoryStorage()
  for (const glob of ['source/*.ts', 'built/0*.js']) {
    const resolve = ({ name, path, context }) => ({ name: nameOf(name), up: async () => (await load(path)).up({ context }) })
    const ran = await new Umzug({ migrations: { glob, resolve }, context, storage, logger: undefined }).up()
    const [[price]] = context.exec('SELECT price FROM products')[0].values
    console.log(`${rule}, ${glob}: ran ${ran.map(({ name }) => name).join(', ') || 'none'}, the price is ${price}`)
  }
}
JS
echo 'Umzug 3.8.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'names as they are, source/*.ts: ran 001-prices.ts, the price is 500
names as they are, built/0*.js: ran 001-prices.js, the price is 50000
names without an ending, source/*.ts: ran 001-prices, the price is 500
names without an ending, built/0*.js: ran none, the price is 500' ]
