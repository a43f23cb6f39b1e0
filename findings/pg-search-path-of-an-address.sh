#!/usr/bin/env bash
# One would guess that two drivers that take one address of a database use the same tables. With `?search_path=shop` in it,
# postgres.js sends that to the server and works in the schema `shop`. pg drops it without a word, and works in `public`: it
# creates its tables there, or finds those of somebody else. pg knows a list of names, such as lock_timeout and application_name,
# and ignores the rest, such as TimeZone. psql says that search_path is an invalid parameter. What helps:
# `?options=-c%20search_path%3Dshop`, which all of them understand, or ALTER ROLE … SET.
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
"${as[@]}" env PATH="$PATH" postgres -D run/data -k "$PGHOST" -c listen_addresses= -c timezone=Etc/UTC > log 2>&1 &
until psql -c '' > log 2>&1; do sleep 0.1; done
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 postgres@3.4.9 > /dev/null

cat > try.mjs << 'JS'
import pg from 'pg'
import postgres from 'postgres'
const { PGHOST } = process.env
const drivers = {
  pg: async (address) => {
    const client = new pg.Client({ connectionString: `${address}&host=${PGHOST}` })
    await client.connect()
    return { query: async (text) => (await client.query(text)).rows, end: () => client.end() }
  },
  'postgres.js': async (address) => {
    const sql = postgres(address, { path: `${PGHOST}/.s.PGSQL.5432`, max: 1 })
    return { query: (text) => sql.unsafe(text), end: () => sql.end() }
  },
}
for (const settings of ['search_path=shop', 'TimeZone=Asia/Tokyo', 'lock_timeout=5000', 'options=-c%20search_path%3Dshop']) {
  for (const [name, connect] of Object.entries(drivers)) {
    const { query, end } = await connect(`postgres://shop@localhost/postgres?${settings}`)
    const setting = settings.includes('search_path') ? 'search_path' : settings.split('=')[0]
    const [{ value }] = await query(`SELECT current_setting('${setting}') AS value`)
    console.log(`?${settings}, ${name}: ${setting} is ${value}`)
    await end()
  }
}
JS
echo "$(postgres --version | cut -d ' ' -f 2-3), pg 8.23.1, postgres.js 3.4.9"
{
  node try.mjs
  psql "postgres://shop@/postgres?search_path=shop&host=$PGHOST" -c '' 2>&1 || true
} | tee seen
[ "$(cat seen)" = '?search_path=shop, pg: search_path is "$user", public
?search_path=shop, postgres.js: search_path is shop
?TimeZone=Asia/Tokyo, pg: TimeZone is Etc/UTC
?TimeZone=Asia/Tokyo, postgres.js: TimeZone is Asia/Tokyo
?lock_timeout=5000, pg: lock_timeout is 5s
?lock_timeout=5000, postgres.js: lock_timeout is 5s
?options=-c%20search_path%3Dshop, pg: search_path is shop
?options=-c%20search_path%3Dshop, postgres.js: search_path is shop
psql: error: invalid URI query parameter: "search_path"' ]
