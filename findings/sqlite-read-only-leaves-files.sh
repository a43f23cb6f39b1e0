#!/usr/bin/env bash
# One would guess that a connection opened as read-only leaves a folder as it was. If the database is in WAL mode and was closed
# properly, so that it is a single file, the first read creates `-wal` and `-shm` beside it, and closing leaves both there: only a
# connection that may write can remove them. A program that looks at a database of another user, or wants to tell from these files
# whether it is open, has changed what it looked at. A writable connection with `query_only = ON` reads as well, and cleans up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > try.py << 'PY'
import os, sqlite3
def look(name, mode, pragma=None):
    os.mkdir(name)
    made = sqlite3.connect(f'{name}/shop.db')
    made.execute('PRAGMA journal_mode = WAL')
    made.execute('CREATE TABLE payments (id INTEGER)')
    made.close()
    before = ' '.join(sorted(os.listdir(name)))
    connection = sqlite3.connect(f'file:{name}/shop.db?mode={mode}', uri=True)
    if pragma:
        connection.execute(pragma)
    connection.execute('SELECT * FROM payments').fetchall()
    connection.close()
    print(f'{name}: {before} -> {" ".join(sorted(os.listdir(name)))}')
look('read-only', 'ro')
look('query-only', 'rw', 'PRAGMA query_only = ON')
PY
command -v python3 > /dev/null || apt-get install -y python3 > /dev/null
seen=$(python3 try.py)
echo "SQLite $(python3 -c 'import sqlite3; print(sqlite3.sqlite_version)'):"
echo "$seen"
[ "$seen" = 'read-only: shop.db -> shop.db shop.db-shm shop.db-wal
query-only: shop.db -> shop.db' ]
