#!/usr/bin/env bash
# One would guess that the two ways of SQLite to copy a database in use make the same copy. `.backup`, and the backup interface behind it,
# copies page by page, so the copy of a database with a write-ahead log has one as well. VACUUM INTO writes a new file, which keeps the
# application's version and the size of its pages, but has a rollback journal: whoever puts it in the place of the old file, without
# setting the journal's mode at every start, has writers that wait for readers from then on, and readers that are told "database is
# locked". What helps: `PRAGMA journal_mode = WAL` at each start, not once when the file is made.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(dirname usr/lib/*/libsqlite3.so.0)
export LD_LIBRARY_PATH
sqlite() { usr/bin/sqlite3 -batch "$@"; }

sqlite --version | cut -d ' ' -f 1
sqlite shop.db 'PRAGMA page_size = 8192; PRAGMA user_version = 7; CREATE TABLE orders (id); PRAGMA journal_mode = WAL' > /dev/null
sqlite shop.db '.backup backup.db' "VACUUM INTO 'vacuumed.db'"
seen=$(
  for file in shop backup vacuumed; do
    echo "$file: $(sqlite "$file.db" 'PRAGMA journal_mode; PRAGMA user_version; PRAGMA page_size' | paste -sd ' ')"
  done
)
echo "$seen"
[ "$seen" = 'shop: wal 7 8192
backup: wal 7 8192
vacuumed: delete 7 8192' ]
