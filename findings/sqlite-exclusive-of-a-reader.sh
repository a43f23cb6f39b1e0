#!/usr/bin/env bash
# One would guess that `BEGIN EXCLUSIVE` either keeps everyone else out or fails. On a connection that can't write, opened so or
# because the file isn't one's own, SQLite takes it for a plain BEGIN, without a word: two such connections both have it at the same time.
# So a file that serves as a lock between two users gives it to the one who may not write, whoever has it. What helps: let only those
# take the lock who may write (os.access), or open it with mode=rw and write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v python3 > /dev/null || apt-get install -y python3 > /dev/null
cat > try.py << 'PY'
import sqlite3
open('lock', 'w').close()
def connect(mode):
    return sqlite3.connect(f'file:lock?mode={mode}', uri=True, timeout=0, isolation_level=None)
def take(name, connection):
    try:
        connection.execute('BEGIN EXCLUSIVE')
        print(f'{name}: has it')
    except sqlite3.OperationalError as error:
        print(f'{name}: {error}')
for modes in ['rw', 'rw'], ['ro', 'ro']:
    connections = [connect(mode) for mode in modes]
    for number, connection in enumerate(connections):
        take(f'{modes[number]} {number + 1}', connection)
    for connection in connections:
        connection.close()
PY
seen=$(python3 try.py)
echo "SQLite $(python3 -c 'import sqlite3; print(sqlite3.sqlite_version)'):"
echo "$seen"
[ "$seen" = 'rw 1: has it
rw 2: database is locked
ro 1: has it
ro 2: has it' ]
