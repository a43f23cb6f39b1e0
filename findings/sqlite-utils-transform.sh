#!/usr/bin/env bash
# One would guess that renaming a column changes the column's name. `sqlite-utils transform` makes a new table out of the columns and
# copies the rows, and what isn't a column, it doesn't know: CHECK constraints, STRICT, triggers and partial indexes are gone without a
# word, and the default 'new' becomes one with its quotes, "'new'". SQLite itself renames a column in place
# (`ALTER TABLE … RENAME COLUMN`) and keeps all of that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite-utils=3.30-1+deb12u1 python3-click=8.1.3-2 python3-click-default-group=1.2.2-3 \
  python3-dateutil=2.8.2-2 python3-sqlite-fts4=1.0.3-2 python3-tabulate=0.8.9-1 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund better-sqlite3@12.11.1 > /dev/null

cat > try.cjs << 'JS'
const { execFileSync } = require('node:child_process')
const Database = require('better-sqlite3')
const renamings = {
  'sqlite-utils': (file) =>
    execFileSync('/usr/bin/python3', ['-m', 'sqlite_utils', 'transform', file, 'orders', '--rename', 'state', 'status']),
  SQLite: (file) => new Database(file).exec('ALTER TABLE orders RENAME COLUMN state TO status').close(),
}
for (const [who, rename] of Object.entries(renamings)) {
  const file = `${who}.db`
  new Database(file)
    .exec(`
      CREATE TABLE orders (id TEXT PRIMARY KEY, amount INTEGER CHECK (amount >= 5), state TEXT DEFAULT 'new') STRICT;
      CREATE INDEX due ON orders (amount) WHERE state = 'new';
      CREATE TRIGGER kept BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'orders are kept'); END`)
    .close()
  rename(file)
  const db = new Database(file)
  const { sql } = db.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'orders'`).get()
  const others = db.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('due', 'kept') ORDER BY name`).pluck().all()
  db.exec(`INSERT INTO orders (id, amount) VALUES ('one', 25)`)
  const status = db.prepare('SELECT status FROM orders').pluck().get()
  console.log(`${who}: CHECK ${/CHECK/.test(sql)}, STRICT ${/STRICT/.test(sql)}, index and trigger: ${others.join() || 'none'}, a new status: ${status}`)
}
JS
export PYTHONPATH="$folder/usr/lib/python3/dist-packages"
/usr/bin/python3 -m sqlite_utils --version
node try.cjs | tee seen
[ "$(cat seen)" = "sqlite-utils: CHECK false, STRICT false, index and trigger: none, a new status: 'new'
SQLite: CHECK true, STRICT true, index and trigger: due,kept, a new status: new" ]
