#!/usr/bin/env bash
# One would guess that a driver executes what it is given, or refuses it. `prepare` of node:sqlite takes the first statement of a text and
# drops the rest: of `UPDATE orders …; INSERT INTO payments …`, an order is paid and there is no payment, whatever stands behind
# the semicolon, a misspelled word as well. A parameter that is missing is NULL: `run('tea')` for two of them stores a product
# without a price, and so does `{ id: 'tea' }` for two named ones, although a name too many is an error. better-sqlite3 refuses
# each of the three, so they appear with the change from one to the other. What helps: `exec` for more than one statement, and
# NOT NULL.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund better-sqlite3@13.2.0 node@24.21.0 > /dev/null

cat > try.mjs << 'JS'
import { DatabaseSync } from 'node:sqlite'
import Better from 'better-sqlite3'
console.log(`Node.js ${process.version}`)
for (const [name, Database] of [['node:sqlite', DatabaseSync], ['better-sqlite3', Better]]) {
  const db = new Database(':memory:')
  db.exec(`CREATE TABLE orders (state TEXT); INSERT INTO orders VALUES ('new'); CREATE TABLE payments (n INTEGER);
CREATE TABLE products (id TEXT, price INTEGER)`)
  const attempt = (call, sql, ...values) => {
    try {
      console.log(`${name}, ${call}: ${db.prepare(sql).run(...values).changes} row`)
    } catch (error) {
      console.log(`${name}, ${call}: ${error.message}`)
    }
  }
  attempt('two statements', `UPDATE orders SET state = 'paid'; INSERT INTO payments VALUES (1)`)
  attempt('a statement and nonsense', `UPDATE orders SET state = 'paid'; nonsense`)
  attempt('one value of two', 'INSERT INTO products VALUES (?, ?)', 'tea')
  attempt('one name of two', 'INSERT INTO products VALUES ($id, $price)', { id: 'tea' })
  attempt('three names of two', 'INSERT INTO products VALUES ($id, $price)', { id: 'cup', price: 5, stock: 1 })
  const all = (sql) => db.prepare(sql).all().map((row) => Object.values(row).map(String).join(' ')).join(', ') || 'none'
  console.log(`${name}: orders ${all('SELECT * FROM orders')}; payments ${all('SELECT * FROM payments')}; products ${all('SELECT * FROM products')}`)
}
JS
NODE_NO_WARNINGS=1 node_modules/.bin/node try.mjs | tee seen
[ "$(cat seen)" = "Node.js v24.21.0
node:sqlite, two statements: 1 row
node:sqlite, a statement and nonsense: 1 row
node:sqlite, one value of two: 1 row
node:sqlite, one name of two: 1 row
node:sqlite, three names of two: Unknown named parameter 'stock'
node:sqlite: orders paid; payments none; products tea null, tea null
better-sqlite3, two statements: The supplied SQL string contains more than one statement
better-sqlite3, a statement and nonsense: The supplied SQL string contains more than one statement
better-sqlite3, one value of two: Too few parameter values were provided
better-sqlite3, one name of two: Missing named parameter \"price\"
better-sqlite3, three names of two: 1 row
better-sqlite3: orders new; payments none; products cup 5" ]
