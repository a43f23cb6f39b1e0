#!/usr/bin/env bash
# One would guess that the three triggers that SQLite's own page on FTS5 shows keep a full-text index like its table. INSERT OR
# REPLACE deletes the old row without calling the trigger for DELETE: the words of the new title are added to the index, and those
# of the old one stay. A search for the old title finds the product, under its new title, for good; a later UPDATE removes the
# words of the title that it replaces, not those. 'integrity-check' finds nothing wrong. INSERT … ON CONFLICT DO UPDATE calls the
# trigger for UPDATE and is right. What helps: that, or PRAGMA recursive_triggers = on in each connection that writes; 'rebuild'
# repairs an index.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 2> /dev/null
dpkg -x sqlite3_*.deb .
sqlite() { usr/bin/sqlite3 -batch "$@"; }
schema="CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT);
CREATE VIRTUAL TABLE search USING fts5(title, content = 'products', content_rowid = 'id');
CREATE TRIGGER inserted AFTER INSERT ON products BEGIN INSERT INTO search (rowid, title) VALUES (new.id, new.title); END;
CREATE TRIGGER deleted AFTER DELETE ON products BEGIN INSERT INTO search (search, rowid, title) VALUES ('delete', old.id, old.title); END;
CREATE TRIGGER updated AFTER UPDATE ON products BEGIN
INSERT INTO search (search, rowid, title) VALUES ('delete', old.id, old.title);
INSERT INTO search (rowid, title) VALUES (new.id, new.title); END;
INSERT INTO products VALUES (1, 'green tea');"
# try NAME STATEMENTS: what a search for tea finds
try() {
  sqlite :memory: "$schema $2; SELECT '$1: tea finds ' || coalesce((SELECT title FROM search('tea')), 'nothing') || ', cake finds ' ||
    coalesce((SELECT title FROM search('cake')), 'nothing')"
}
replace="INSERT OR REPLACE INTO products VALUES (1, 'apple cake')"
echo "SQLite $(sqlite --version | cut -d ' ' -f 1)"
{
  try UPDATE "UPDATE products SET title = 'apple cake'"
  try 'ON CONFLICT DO UPDATE' "INSERT INTO products VALUES (1, 'apple cake') ON CONFLICT DO UPDATE SET title = excluded.title"
  try 'INSERT OR REPLACE' "$replace"
  try '  and an UPDATE' "$replace; UPDATE products SET title = 'carrot cake'"
  try '  with recursive triggers' "PRAGMA recursive_triggers = on; $replace"
  try '  and the integrity check' "$replace; INSERT INTO search (search) VALUES ('integrity-check')"
  try '  and a rebuild' "$replace; INSERT INTO search (search) VALUES ('rebuild')"
} | tee seen
[ "$(cat seen)" = "UPDATE: tea finds nothing, cake finds apple cake
ON CONFLICT DO UPDATE: tea finds nothing, cake finds apple cake
INSERT OR REPLACE: tea finds apple cake, cake finds apple cake
  and an UPDATE: tea finds carrot cake, cake finds carrot cake
  with recursive triggers: tea finds nothing, cake finds apple cake
  and the integrity check: tea finds apple cake, cake finds apple cake
  and a rebuild: tea finds nothing, cake finds apple cake" ]
