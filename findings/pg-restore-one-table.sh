#!/usr/bin/env bash
# One would guess that `pg_restore --table orders` brings back what `pg_dump --table orders` takes. pg_dump takes a table with
# all that belongs to it. pg_restore, given the archive of a whole database, creates the columns and fills them: there is no
# primary key, no index, no foreign key and no trigger, and a serial number or an identity has no next value. It ends with 0. So
# a table that is brought back from last night's archive accepts an order twice, and refuses the first INSERT without an id, or
# the first ON CONFLICT. The manual says it in its last sentence on `-t`. What helps: to restore everything into a database of
# its own and `pg_dump -t` from there; or `--list`, and `--use-list` with all lines that name the table.
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

for name in shop whole single listed again; do createdb $name; done
psql --quiet --dbname shop << 'SQL'
CREATE TABLE orders (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, product TEXT NOT NULL, intent TEXT UNIQUE);
CREATE INDEX ON orders (product);
INSERT INTO orders (product, intent) VALUES ('tea', 'a'), ('tea', 'b');
SQL
pg_dump --format custom --file archive shop
show() {
  psql --dbname "$1" --tuples-only --no-align --command "SELECT '$2: ' || (SELECT count(*) FROM orders) || ' rows, ' ||
    (SELECT count(*) FROM pg_constraint WHERE conrelid = 'orders'::regclass) || ' constraints, ' ||
    (SELECT count(*) FROM pg_index WHERE indrelid = 'orders'::regclass) || ' indexes, ' ||
    CASE (SELECT attidentity FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'id')
    WHEN '' THEN 'no identity' ELSE 'an identity' END"
}
postgres --version
{
  pg_restore --dbname whole archive
  show whole 'everything'
  pg_restore --table orders --dbname single archive
  show single "pg_restore --table, ended with $?"
  pg_restore --list archive | grep orders > list
  pg_restore --use-list list --dbname listed archive
  show listed 'pg_restore --use-list'
  pg_dump --table orders whole | psql --quiet --dbname again > log
  show again 'pg_dump --table'
} | tee seen
[ "$(cat seen)" = 'everything: 2 rows, 2 constraints, 3 indexes, an identity
pg_restore --table, ended with 0: 2 rows, 0 constraints, 0 indexes, no identity
pg_restore --use-list: 2 rows, 2 constraints, 3 indexes, an identity
pg_dump --table: 2 rows, 2 constraints, 3 indexes, an identity' ]
