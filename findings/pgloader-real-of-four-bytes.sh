#!/usr/bin/env bash
# One would guess that a number of SQLite is the same number in PostgreSQL once pgloader has moved it. REAL has eight bytes in SQLite and four in
# PostgreSQL, and pgloader keeps the name: a total of 1234567.89 arrives as 1.2345679e+06, and a time in seconds is off by up to
# a minute. The report counts no error. A column declared DOUBLE, FLOAT or NUMERIC is right, and those are
# the same to SQLite, so it depends on a word that meant nothing before. What helps: `--cast 'type real to "double precision" drop
# typemod using float-to-string'` (without the last part, the table stays empty), or another word in SQLite's schema; and sums of both
# sides that are compared.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq postgresql-15=15.20-0+deb12u1 postgresql-client-15=15.20-0+deb12u1 libpq5=15.20-0+deb12u1 \
  pgloader=3.6.9-1 sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 libsybdb5=1.3.17+ds-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PATH=$folder/usr/lib/postgresql/15/bin:$folder/usr/bin:$PATH
export PGHOST=$folder/run PGUSER=shop PGDATABASE=postgres

# PostgreSQL doesn't run as root.
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 755 .
mkdir -m 777 run
"${as[@]}" env PATH="$PATH" initdb -D run/data -A trust -U shop > /dev/null
"${as[@]}" env PATH="$PATH" postgres -D run/data -k "$PGHOST" -c listen_addresses= > log 2>&1 &
until psql -c '' > log 2>&1; do sleep 0.1; done

sqlite3 -batch shop.db "CREATE TABLE sales (as_real REAL, as_double DOUBLE, as_float FLOAT, as_numeric NUMERIC, paid_at REAL);
INSERT INTO sales VALUES (1234567.89, 1234567.89, 1234567.89, 1234567.89, 1790000001.0)"
show() { psql --dbname "$1" --tuples-only --no-align --field-separator ' ' --command 'SELECT as_real, as_double, as_float, as_numeric, paid_at FROM sales'; }
createdb plain
createdb cast
pgloader --version > version
head -n 1 version
{
  echo "SQLite: $(sqlite3 -batch -separator ' ' shop.db 'SELECT as_real, as_double, as_float, as_numeric, paid_at FROM sales')"
  HOME=$folder pgloader --root-dir "$folder/pgloader" shop.db "postgresql://shop@unix:$PGHOST:5432/plain" > log 2>&1
  echo "PostgreSQL: $(show plain)"
  HOME=$folder pgloader --root-dir "$folder/pgloader" --cast 'type real to "double precision" drop typemod using float-to-string' \
    shop.db "postgresql://shop@unix:$PGHOST:5432/cast" > log 2>&1
  echo "with a CAST: $(show cast)"
} | tee seen
[ "$(cat seen)" = 'SQLite: 1234567.89 1234567.89 1234567.89 1234567.89 1790000001.0
PostgreSQL: 1.2345679e+06 1234567.89 1234567.89 1234567.89 1.79e+09
with a CAST: 1234567.89 1234567.89 1234567.89 1234567.89 1790000001' ]
