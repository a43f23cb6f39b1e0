#!/usr/bin/env bash
# One would guess that a command which the shell lists in its help works with the library that comes with it. Debian's sqlite3 has
# `.recover`, the way to what is left in a damaged file, but its library is built without the table of raw pages that the command
# reads. So it stops after seven lines, before the first row, with any database, damaged or not. Piped into another sqlite3, as
# one does it, that leaves a new and empty database, and the status of the pipe is 0. What helps: to try it before it is needed,
# `set -o pipefail`, and a shell of one's own build or SQLite's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(dirname usr/lib/*/libsqlite3.so.0)
export LD_LIBRARY_PATH
sqlite() { usr/bin/sqlite3 -batch "$@"; }

sqlite shop.db "CREATE TABLE orders (id TEXT PRIMARY KEY, hundredths INTEGER); INSERT INTO orders VALUES ('a', 25), ('b', 100)"
sqlite --version | cut -d ' ' -f 1
seen=$(
  sqlite shop.db '.help .recover' | head -n 1 | tr -s ' '
  echo "the file: $(sqlite shop.db 'PRAGMA integrity_check; SELECT COUNT(*) FROM orders' | paste -sd ' ')"
  sqlite shop.db .recover > rescue.sql 2> said || echo "status $?: $(cat said)"
  echo "lines: $(wc -l < rescue.sql), with INSERT: $(grep -c INSERT rescue.sql || true)"
  set +o pipefail
  sqlite shop.db .recover 2> /dev/null | sqlite rescued.db && echo "tables in the other database: $(sqlite rescued.db 'SELECT COUNT(*) FROM sqlite_schema')"
)
echo "$seen"
[ "$seen" = '.recover Recover as much data as possible from corrupt db.
the file: ok 2
status 1: sql error: SQL logic error (1)
lines: 7, with INSERT: 0
tables in the other database: 0' ]
