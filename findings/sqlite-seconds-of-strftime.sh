#!/usr/bin/env bash
# One would guess that strftime('%s', …), the seconds of Unix time, is a number. It is a text. Compared with a column, it
# becomes a number by the column's type, so the usual example works: `WHERE at < strftime('%s', 'now', '-30 days')`. Where the
# column has milliseconds, as programs in JavaScript store them, one divides: `at / 1000` is an expression, which has no type,
# and to SQLite any number is less than any text. So everything is older than thirty days, and a DELETE of old orders takes
# those of today with it. `at / 1000 > …` finds nothing. What helps: unixepoch(), which is a number, since 3.38; or to multiply
# the other side by 1000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu

cat > try.sql << 'SQL'
CREATE TABLE orders (id TEXT, at_s INTEGER, at_ms INTEGER);
INSERT INTO orders SELECT 'today', unixepoch('now'), unixepoch('now') * 1000;
INSERT INTO orders SELECT 'last year', unixepoch('now', '-1 year'), unixepoch('now', '-1 year') * 1000;
SELECT 'seconds: ' || group_concat(id, ', ') FROM orders WHERE at_s < strftime('%s', 'now', '-30 days');
SELECT 'milliseconds / 1000: ' || group_concat(id, ', ') FROM orders WHERE at_ms / 1000 < strftime('%s', 'now', '-30 days');
SELECT 'milliseconds: ' || group_concat(id, ', ') FROM orders WHERE at_ms < strftime('%s', 'now', '-30 days') * 1000;
SELECT 'unixepoch: ' || group_concat(id, ', ') FROM orders WHERE at_ms / 1000 < unixepoch('now', '-30 days');
SQL
echo "SQLite $(usr/bin/sqlite3 --version | cut -d ' ' -f 1)"
usr/bin/sqlite3 :memory: < try.sql | tee seen
[ "$(cat seen)" = 'seconds: last year
milliseconds / 1000: today, last year
milliseconds: last year
unixepoch: last year' ]
