#!/usr/bin/env bash
# One would guess that `pg_dump --table orders` saves the orders. If the table is partitioned, as a table of orders by month may be, the
# dump has the definition of `orders` and not a single row: the rows are in the partitions, and those are other tables, which
# the option doesn't name. pg_dump ends with 0. The opposite holds as well: `--exclude-table-data visits` leaves out nothing, since
# `visits` itself has no rows. pg_dump 16 has options for it, --table-and-children and --exclude-table-data-and-children; with 15, a
# pattern for the names of the partitions helps, and a look at how many rows the dump has.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq postgresql-15=15.20-0+deb12u1 postgresql-client-15=15.20-0+deb12u1 libpq5=15.20-0+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PATH=$folder/usr/lib/postgresql/15/bin:$PATH
export PGHOST=$folder/run PGUSER=shop PGDATABASE=postgres

# PostgreSQL doesn't run as root.
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 755 .
mkdir -m 777 run
"${as[@]}" env PATH="$PATH" initdb -D run/data -A trust -U shop > /dev/null
"${as[@]}" env PATH="$PATH" postgres -D run/data -k "$PGHOST" -c listen_addresses= > log 2>&1 &
until psql -c '' > log 2>&1; do sleep 0.1; done

psql --quiet << 'SQL'
CREATE TABLE orders (id INT, day DATE) PARTITION BY RANGE (day);
CREATE TABLE orders_2026_10 PARTITION OF orders FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
CREATE TABLE orders_2026_11 PARTITION OF orders FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
INSERT INTO orders VALUES (1, '2026-10-31'), (2, '2026-11-01'), (3, '2026-11-02');
SQL
dump() { pg_dump --inserts "$@" > dump && echo "pg_dump $*: ended with $?, $(grep -c '^CREATE TABLE' dump || true) table(s), $(grep -c '^INSERT' dump || true) row(s)"; }
postgres --version
{
  echo "orders has $(psql --tuples-only --no-align --command 'SELECT count(*) FROM orders') rows"
  dump
  dump --table orders
  dump --table 'orders*'
  dump --exclude-table-data orders
  dump --exclude-table-data 'orders*'
} | tee seen
[ "$(cat seen)" = 'orders has 3 rows
pg_dump : ended with 0, 3 table(s), 3 row(s)
pg_dump --table orders: ended with 0, 1 table(s), 0 row(s)
pg_dump --table orders*: ended with 0, 3 table(s), 3 row(s)
pg_dump --exclude-table-data orders: ended with 0, 3 table(s), 3 row(s)
pg_dump --exclude-table-data orders*: ended with 0, 3 table(s), 0 row(s)' ]
