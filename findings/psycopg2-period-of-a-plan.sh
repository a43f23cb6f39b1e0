#!/usr/bin/env bash
# One would guess that a value that psycopg2 reads and writes back is the same one. An interval of a month is read as timedelta(days=30), as Python's
# type has no months, and written back as 30 days; a year becomes 365 days. A subscription from January 31 of 2028 is then due on March 1, and
# not on February 29. `infinity`, for what never ends, is read as the last day of the year 9999, and written back as that: isfinite() is
# true from then on. There is no warning. Programs that update a whole row do this to columns that nobody has changed. What helps:
# period::text in the query and a text for the parameter, or the number and the unit in two columns, and NULL for what never ends.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq postgresql-15=15.20-0+deb12u1 postgresql-client-15=15.20-0+deb12u1 libpq5=15.20-0+deb12u1 \
  python3-psycopg2=2.9.5-1+b1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PATH=$folder/usr/lib/postgresql/15/bin:$PATH
export PGHOST=$folder/run PGUSER=shop PGDATABASE=postgres PYTHONPATH=$folder/usr/lib/python3/dist-packages

# PostgreSQL doesn't run as root.
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 755 .
mkdir -m 777 run
"${as[@]}" env PATH="$PATH" initdb -D run/data -A trust -U shop > /dev/null
"${as[@]}" env PATH="$PATH" postgres -D run/data -k "$PGHOST" -c listen_addresses= > log 2>&1 &
until psql -c '' > log 2>&1; do sleep 0.1; done

cat > try.py << 'PY'
import psycopg2
print(f'psycopg2 {psycopg2.__version__.split()[0]}')
cursor = psycopg2.connect('').cursor()
cursor.execute("""CREATE TEMP TABLE plans (id INT, period INTERVAL, ends DATE);
INSERT INTO plans VALUES (1, '1 month', 'infinity'), (2, '1 year', '2026-12-31')""")
def show(what):
    cursor.execute("""SELECT period, (date '2028-01-31' + period)::date, ends, isfinite(ends) FROM
      (SELECT id, period, ends FROM plans) AS plan ORDER BY id""".replace('SELECT period', 'SELECT period::text').replace(' ends, is', ' ends::text, is'))
    for period, due, ends, finite in cursor.fetchall():
        print(f'{what}: {period}, due on {due}, ends {ends}{"" if finite else ", so never"}')
show('before')
cursor.execute('SELECT id, period, ends FROM plans')
for id, period, ends in cursor.fetchall():
    cursor.execute('UPDATE plans SET period = %s, ends = %s WHERE id = %s', (period, ends, id))
show('read and written back')
PY
/usr/bin/python3 try.py | tee seen
[ "$(tail -n +2 seen)" = 'before: 1 mon, due on 2028-02-29, ends infinity, so never
before: 1 year, due on 2029-01-31, ends 2026-12-31
read and written back: 30 days, due on 2028-03-01, ends 9999-12-31
read and written back: 365 days, due on 2029-01-30, ends 2026-12-31' ]
