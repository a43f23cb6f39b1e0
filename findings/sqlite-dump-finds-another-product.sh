#!/usr/bin/env bash
# One would guess that a dump that is restored finds what the original finds. Where the key of a table is a text, its rows have hidden
# numbers, and a full-text index with `content = 'products'` refers to those. `.dump` leaves them out, and the restored rows are
# numbered anew from 1, whereas the index is restored with the old numbers: if one product was ever deleted, a search for tea
# finds coffee, and one for the last product finds a row that doesn't exist. Nothing is an error, and 'integrity-check'
# is content. With an INTEGER PRIMARY KEY, the same dump is right. What helps: `.dump --preserve-rowids`, VACUUM INTO instead of a
# dump, or 'rebuild' after restoring.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 2> /dev/null
dpkg -x sqlite3_*.deb .
sqlite() { usr/bin/sqlite3 -batch "$@"; }
# build FILE KEY: a table with that key, and its index
build() {
  sqlite "$1" "CREATE TABLE products (sku $2 PRIMARY KEY, title TEXT);
CREATE VIRTUAL TABLE search USING fts5(title, content = 'products');
INSERT INTO products VALUES ('100', 'chalk'), ('200', 'tea'), ('300', 'coffee'), ('400', 'milk');
INSERT INTO search (rowid, title) SELECT rowid, title FROM products;
INSERT INTO search (search, rowid, title) SELECT 'delete', rowid, title FROM products WHERE sku = '100';
DELETE FROM products WHERE sku = '100'"
}
find_tea() {
  sqlite "$2" "SELECT '$1: tea finds ' || coalesce((SELECT title FROM products WHERE rowid = (SELECT rowid FROM search WHERE search MATCH 'tea')), 'no row')"
}
echo "SQLite $(sqlite --version | cut -d ' ' -f 1)"
build text.db TEXT
build number.db INTEGER
{
  find_tea 'the original' text.db
  sqlite text.db .dump | sqlite dumped.db
  find_tea 'its dump' dumped.db
  sqlite dumped.db "INSERT INTO search (search) VALUES ('integrity-check'); SELECT '  checked'"
  sqlite dumped.db "INSERT INTO search (search) VALUES ('rebuild')"
  find_tea '  rebuilt' dumped.db
  sqlite text.db '.dump --preserve-rowids' | sqlite preserved.db
  find_tea '--preserve-rowids' preserved.db
  sqlite text.db "VACUUM INTO 'vacuumed.db'"
  find_tea 'VACUUM INTO' vacuumed.db
  sqlite number.db .dump | sqlite numbered.db
  find_tea 'INTEGER PRIMARY KEY, its dump' numbered.db
} | tee seen
[ "$(cat seen)" = 'the original: tea finds tea
its dump: tea finds coffee
  checked
  rebuilt: tea finds tea
--preserve-rowids: tea finds tea
VACUUM INTO: tea finds tea
INTEGER PRIMARY KEY, its dump: tea finds tea' ]
