#!/usr/bin/env bash
# One would guess that `.dump` writes down all of a database, since its output is what one restores from. It leaves out what stands
# in the header of the file: `user_version`, in which programs note how far the schema is, is 0 afterwards. A program that
# finds its tables, and the number of an empty file, begins with its first migration again. sqldiff, asked whether the copy is the same,
# sees no difference. What helps: `.backup` or `VACUUM INTO`, which copy the header as well, or to write the PRAGMA below the dump.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 sqlite3-tools=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
sqlite() { usr/bin/sqlite3 -batch "$@"; }

sqlite shop.db 'CREATE TABLE orders (id TEXT PRIMARY KEY); INSERT INTO orders VALUES (1); PRAGMA user_version = 7; PRAGMA application_id = 5'
sqlite shop.db .dump | sqlite dump.db
sqlite shop.db '.backup backup.db'
sqlite shop.db "VACUUM INTO 'vacuum.db'"
seen=$(for name in shop dump backup vacuum; do
  echo "$name: $(sqlite "$name.db" 'PRAGMA user_version; PRAGMA application_id; SELECT COUNT(*) FROM orders' | paste -sd ' ')"
done
echo "sqldiff shop dump: $(usr/bin/sqldiff shop.db dump.db | wc -l) lines")
sqlite --version | cut -d ' ' -f 1
echo "$seen"
[ "$seen" = 'shop: 7 5 1
dump: 0 0 1
backup: 7 5 1
vacuum: 7 5 1
sqldiff shop dump: 0 lines' ]
