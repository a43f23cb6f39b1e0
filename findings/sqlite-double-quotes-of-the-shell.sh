#!/usr/bin/env bash
# One would guess that SQL which one program with SQLite has stored in a database can be run by another. The shell of SQLite
# takes "paid", in double quotes, for a text if there is no such column, as SQLite always did; better-sqlite3, and Node's own
# node:sqlite, are built or set up without that. A CHECK is read as it was meant even there. But a trigger or a view that was
# made in the shell, with such quotes as MySQL allows, works in the shell, and fails in the shop: since a trigger belongs to its
# table, no order can be updated any more, and the error speaks of a column that nobody has named. What helps: single quotes;
# after `.dbconfig dqs_dml off`, the shell fails like the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund better-sqlite3@13.2.0 node@22.23.3 > /dev/null

cat > schema.sql << 'SQL'
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ("new", "paid")));
CREATE TABLE sales (id INTEGER);
CREATE VIEW paid AS SELECT id FROM orders WHERE state = "paid";
CREATE TRIGGER sold AFTER UPDATE ON orders WHEN NEW.state = "paid" BEGIN INSERT INTO sales VALUES (NEW.id); END;
INSERT INTO orders VALUES (1, 'new'), (2, 'new');
SQL
usr/bin/sqlite3 shop.db < schema.sql
cat > try.cjs << 'JS'
const { DatabaseSync } = require('node:sqlite')
const Database = require('better-sqlite3')
const drivers = { 'better-sqlite3': new Database('shop.db'), 'node:sqlite': new DatabaseSync('shop.db') }
for (const [name, db] of Object.entries(drivers)) {
  const run = (sql) => {
    try {
      return db.prepare(sql).all().length
    } catch (error) {
      return error.message
    }
  }
  console.log(`${name}, reading: ${run('SELECT * FROM orders')}`)
  console.log(`${name}, the check: ${run(`INSERT INTO orders (state) VALUES ('sold') RETURNING id`)}`)
  console.log(`${name}, the view: ${run('SELECT * FROM paid')}`)
  console.log(`${name}, the trigger: ${run(`UPDATE orders SET state = 'paid' WHERE id = 2 RETURNING id`)}`)
}
JS
echo "SQLite $(usr/bin/sqlite3 --version | cut -d ' ' -f 1), better-sqlite3 13.2.0, Node $(node_modules/.bin/node --version)"
{
  usr/bin/sqlite3 shop.db "UPDATE orders SET state = 'paid' WHERE id = 1; SELECT 'shell: ' || count(*) FROM sales, paid"
  node_modules/.bin/node --no-warnings try.cjs
  { usr/bin/sqlite3 -cmd '.dbconfig dqs_dml off' shop.db "UPDATE orders SET state = 'paid'" 2>&1 || true; } |
    sed -n 's/^.*no such/shell, set up alike: no such/p'
} | tee seen
[ "$(cat seen)" = 'shell: 1
better-sqlite3, reading: 2
better-sqlite3, the check: CHECK constraint failed: state IN ("new", "paid")
better-sqlite3, the view: no such column: "paid" - should this be a string literal in single-quotes?
better-sqlite3, the trigger: no such column: "paid" - should this be a string literal in single-quotes?
node:sqlite, reading: 2
node:sqlite, the check: CHECK constraint failed: state IN ("new", "paid")
node:sqlite, the view: no such column: "paid" - should this be a string literal in single-quotes?
node:sqlite, the trigger: no such column: "paid" - should this be a string literal in single-quotes?
shell, set up alike: no such column: paid' ]
