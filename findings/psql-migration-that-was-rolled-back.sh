#!/usr/bin/env bash
# One would guess that `psql -1 -f migration.sql`, all or nothing, ends with an error when it was nothing. After an error in the
# file, psql goes on, gets "current transaction is aborted" for each statement behind it, rolls back at the end, and exits with 0.
# So a deployment goes on with the new code and the old tables, and `psql -1 -f … && start` starts. With `-c` instead of a file,
# the same statement is a 1. Piped into psql, it is 0 as well. The manual says that -1 makes the file one transaction, and
# explains the status under ON_ERROR_STOP, which many know as what ends a script early and don't need for that with -1. What
# helps: `-v ON_ERROR_STOP=1`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq postgresql-15=15.20-0+deb12u1 postgresql-client-15=15.20-0+deb12u1 libpq5=15.20-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PATH=$folder/usr/lib/postgresql/15/bin:$PATH

# PostgreSQL doesn't run as root.
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 755 .
mkdir -m 777 run
"${as[@]}" env PATH="$PATH" initdb -D run/data -A trust -U shop > /dev/null
"${as[@]}" env PATH="$PATH" postgres -D run/data -k "$folder/run" -c listen_addresses= > log 2>&1 &
export PGHOST=$folder/run PGUSER=shop PGDATABASE=postgres
until pg_isready -q; do kill -0 $! && sleep 0.1; done

cat > migration.sql << 'SQL'
CREATE TABLE prices (product TEXT, amount INTEGER);
INSERT INTO price VALUES ('tea', 525);
CREATE TABLE refunds (product TEXT);
SQL
# try NAME COMMAND…: how it ends, and what tables there are then
try() {
  local name=$1 status=0
  shift
  "$@" > /dev/null 2> said || status=$?
  echo "$name: exit code $status, errors $(grep -c ERROR said), tables: $(psql -AtX -c "SELECT coalesce(string_agg(relname, ' '), 'none')
    FROM pg_class WHERE relname IN ('prices', 'refunds')")"
  psql -qX -c 'DROP TABLE IF EXISTS prices, refunds' 2> /dev/null
}
psql --version
{
  try 'psql -1 -f' psql -X -1 -f migration.sql
  try 'psql -1, piped' sh -c 'psql -X -1 < migration.sql'
  try 'psql -1 -c' psql -X -1 -c "$(cat migration.sql)"
  try 'psql -f' psql -X -f migration.sql
  try 'psql -1 -v ON_ERROR_STOP=1 -f' psql -X -1 -v ON_ERROR_STOP=1 -f migration.sql
} | tee seen
[ "$(cat seen)" = 'psql -1 -f: exit code 0, errors 2, tables: none
psql -1, piped: exit code 0, errors 2, tables: none
psql -1 -c: exit code 1, errors 1, tables: none
psql -f: exit code 0, errors 1, tables: prices refunds
psql -1 -v ON_ERROR_STOP=1 -f: exit code 3, errors 1, tables: none' ]
