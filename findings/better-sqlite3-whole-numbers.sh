#!/usr/bin/env bash
# One would guess that 5 from JavaScript is 5 in SQLite, as SQLite tells integers from other numbers. better-sqlite3 binds
# each number as REAL, whole or not. A column of type INTEGER makes an integer of it again, so it is rarely noticed, but there is
# no column in an expression: `price * ? / 100` has a fraction where `price * 19 / 100` hasn't, and a TEXT column, a
# concatenation and JSON get "5.0". What helps is a BigInt, or CAST(? AS INTEGER).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > bind.js << 'JS'
const db = require('better-sqlite3')(':memory:')
db.exec("CREATE TABLE orders (price INTEGER, reference TEXT); INSERT INTO orders VALUES (105, '')")

function show(what, rate) {
  const { tax } = db.prepare('SELECT price * ? / 100 AS tax FROM orders').get(rate)
  db.prepare('UPDATE orders SET price = price, reference = ?').run(rate)
  const { reference, json } = db.prepare("SELECT reference, json_object('rate', ?) AS json FROM orders").get(rate)
  const { type } = db.prepare('SELECT typeof(?) AS type').get(rate)
  console.log(`${what}: ${type}, 105 * ? / 100 = ${tax}, as text ${reference}, as JSON ${json}`)
}
show('the number 19', 19)
show('the BigInt 19n', 19n)

const kept = db.prepare('INSERT INTO orders (price) VALUES (?) RETURNING typeof(price) AS type').get(5)
console.log(`the number 5 in an INTEGER column: ${kept.type}`)
const cast = db.prepare('SELECT price * CAST(? AS INTEGER) / 100 AS tax FROM orders').get(19)
console.log(`the number 19, cast: 105 * ? / 100 = ${cast.tax}`)
JS
seen=$(node_modules/node/bin/node bind.js)
echo 'better-sqlite3 13.2.0:'
echo "$seen"
[ "$seen" = 'the number 19: real, 105 * ? / 100 = 19.95, as text 19.0, as JSON {"rate":19.0}
the BigInt 19n: integer, 105 * ? / 100 = 19, as text 19, as JSON {"rate":19}
the number 5 in an INTEGER column: integer
the number 19, cast: 105 * ? / 100 = 19' ]
