#!/usr/bin/env bash
# One would guess that a database which is told that a file has a header looks at it. COPY of PostgreSQL with HEADER skips the first line:
# a file with the columns title, stock, price, loaded into a table with title, price, stock, sells tea for 10 and has 525 in stock.
# The count is right, and all values fit, as both are numbers. SQLite's shell, with `.import --csv`, goes by the place as well, and if
# the table exists already, the header is a row: a product that is called title, whose price is the text `stock`, in a column of
# integers. What helps: `HEADER MATCH`, which PostgreSQL has since 15, a list of columns behind
# the name of the table, and STRICT and `--skip 1` in SQLite.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(dirname usr/lib/*/libsqlite3.so.0)
export LD_LIBRARY_PATH
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

printf 'title,stock,price\ntea,10,525\n' > products.csv
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log(`PostgreSQL ${(await db.query('SHOW server_version')).rows[0].server_version}`)
for (const [columns, options] of [['', 'HEADER'], ['', 'HEADER MATCH'], ['(title, stock, price)', 'HEADER MATCH']]) {
  await db.exec('DROP TABLE IF EXISTS products; CREATE TABLE products (title TEXT, price INTEGER, stock INTEGER)')
  const blob = new Blob([readFileSync('products.csv')])
  const said = await db
    .query(`COPY products ${columns} FROM '/dev/blob' WITH (FORMAT csv, ${options})`, [], { blob })
    .then(({ affectedRows }) => `${affectedRows} row`, ({ message }) => message)
  const rows = (await db.query('SELECT * FROM products')).rows.map(({ title, price, stock }) => `${title} costs ${price}, ${stock} in stock`)
  console.log(`COPY products${columns && ` ${columns}`} … ${options}: ${said}${rows.length ? `; ${rows}` : ''}`)
}
JS
{
  node try.mjs
  for strict in '' ' STRICT'; do
    echo "SQLite, a table$strict:"
    usr/bin/sqlite3 -batch :memory: "CREATE TABLE products (title TEXT, price INTEGER, stock INTEGER)$strict" \
      '.import --csv products.csv products' \
      "SELECT title || ' costs ' || price || ' (' || typeof(price) || '), ' || stock || ' in stock' FROM products" 2>&1
  done
} | tee seen
[ "$(tail -n +2 seen)" = 'COPY products … HEADER: 1 row; tea costs 10, 525 in stock
COPY products … HEADER MATCH: column name mismatch in header line field 2: got "stock", expected "price"
COPY products (title, stock, price) … HEADER MATCH: 1 row; tea costs 525, 10 in stock
SQLite, a table:
title costs stock (text), price in stock
tea costs 10 (integer), 525 in stock
SQLite, a table STRICT:
products.csv:1: INSERT failed: cannot store TEXT value in INTEGER column products.price
tea costs 10 (integer), 525 in stock' ]
