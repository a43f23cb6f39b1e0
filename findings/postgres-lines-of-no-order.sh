#!/usr/bin/env bash
# One would guess that a foreign key that is valid has no row that refers to nothing. A common recipe for keeping what is deleted is a
# trigger BEFORE DELETE that marks the row as deleted and returns NULL, so that it stays. ON DELETE CASCADE calls that
# trigger as well: the order is gone, its lines stay and refer to it, there is no error, and the constraint is listed as
# valid, even after VALIDATE CONSTRAINT. It is noticed when a backup is needed: the dump of this database can't be restored with
# its foreign key. What helps: ON DELETE RESTRICT for such a table, so that the deletion of the order is refused, and the same
# kind of trigger for the orders.
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

createdb shop
createdb restored
psql --quiet --dbname shop << 'SQL'
CREATE TABLE orders (id INT PRIMARY KEY);
CREATE TABLE lines (id INT PRIMARY KEY, order_id INT NOT NULL REFERENCES orders ON DELETE CASCADE, deleted BOOLEAN DEFAULT false);
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE lines SET deleted = true WHERE id = OLD.id; RETURN NULL; END $$;
CREATE TRIGGER keep BEFORE DELETE ON lines FOR EACH ROW EXECUTE FUNCTION keep();
INSERT INTO orders VALUES (1), (2);
INSERT INTO lines VALUES (10, 1), (20, 2);
SQL
ask() { psql --dbname shop --tuples-only --no-align --command "$1"; }
postgres --version
{
  ask 'DELETE FROM orders WHERE id = 1'
  echo "orders: $(ask 'SELECT id FROM orders')"
  echo "lines: $(ask "SELECT string_agg(id || ' of order ' || order_id || CASE WHEN deleted THEN ', deleted' ELSE '' END, '; ' ORDER BY id) FROM lines")"
  ask 'ALTER TABLE lines VALIDATE CONSTRAINT lines_order_id_fkey'
  echo "valid: $(ask "SELECT convalidated FROM pg_constraint WHERE conname = 'lines_order_id_fkey'")"
  pg_dump shop | psql --quiet --dbname restored 2>&1 > log | grep ERROR
  echo "foreign keys restored: $(psql --dbname restored --tuples-only --no-align --command "SELECT count(*) FROM pg_constraint WHERE contype = 'f'")"
} | tee seen
[ "$(cat seen)" = 'DELETE 1
orders: 2
lines: 10 of order 1, deleted; 20 of order 2
ALTER TABLE
valid: t
ERROR:  insert or update on table "lines" violates foreign key constraint "lines_order_id_fkey"
foreign keys restored: 0' ]
