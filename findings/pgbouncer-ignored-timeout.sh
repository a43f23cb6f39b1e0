#!/usr/bin/env bash
# One would guess that a proxy which accepts a setting passes it on. pg sends `statement_timeout`, and what stands in `options`,
# while it connects. PgBouncer refuses a setting that it doesn't know, with "unsupported startup parameter", and the answer that
# is found for this message is to list it under `ignore_startup_parameters`. Then the connection works, and PgBouncer does what
# the name says: the setting goes nowhere, and a query that was to end after a second may take hours and hold its locks. Nothing
# in the client differs, and without PgBouncer, as in tests, the same options work. What helps: `ALTER ROLE … SET
# statement_timeout`, which holds for each connection, however it comes.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq postgresql-15=15.20-0+deb12u1 postgresql-client-15=15.20-0+deb12u1 libpq5=15.20-0+deb12u1 \
  pgbouncer=1.18.0-1+deb12u1 libevent-2.1-7=2.1.12-stable-8+deb12u1 libc-ares2=1.18.1-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PATH=$folder/usr/lib/postgresql/15/bin:$folder/usr/sbin:$PATH
npm install --silent --no-audit --no-fund pg@8.23.1 > /dev/null

# PostgreSQL and PgBouncer don't run as root.
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 755 .
mkdir -m 777 run
"${as[@]}" env PATH="$PATH" initdb -D run/data -A trust -U shop > /dev/null
"${as[@]}" env PATH="$PATH" postgres -D run/data -k "$folder/run" -c listen_addresses= > log 2>&1 &
until psql -h "$folder/run" -U shop -d postgres -c '' > log 2>&1; do sleep 0.1; done
psql --quiet -h "$folder/run" -U shop -d postgres -c "CREATE ROLE careful LOGIN; ALTER ROLE careful SET statement_timeout = '1s'"
printf '"%s" ""\n' shop careful > users
for name in strict lenient; do
  mkdir -m 777 "run/$name"
  cat > $name.ini << INI
[databases]
postgres = host=$folder/run
[pgbouncer]
unix_socket_dir = $folder/run/$name
listen_addr =
auth_type = trust
auth_file = users
pool_mode = transaction
INI
done
echo 'ignore_startup_parameters = statement_timeout, options' >> lenient.ini
for name in strict lenient; do "${as[@]}" env PATH="$PATH" pgbouncer --quiet $name.ini > log 2>&1 & done
until [ -S run/strict/.s.PGSQL.6432 ] && [ -S run/lenient/.s.PGSQL.6432 ]; do sleep 0.1; done

cat > try.cjs << 'JS'
const { Client } = require('pg')
const folder = `${process.cwd()}/run`
const ways = { direct: [folder, 5432], PgBouncer: [`${folder}/strict`, 6432], 'PgBouncer, ignoring': [`${folder}/lenient`, 6432] }
async function ask(host, port, options) {
  const client = new Client({ host, port, user: 'shop', database: 'postgres', ...options })
  try {
    await client.connect()
    return (await client.query('SHOW statement_timeout')).rows[0].statement_timeout
  } catch (error) {
    return error.message
  } finally {
    await client.end().catch(() => {})
  }
}
;(async () => {
  for (const options of [{ statement_timeout: 1000 }, { options: '-c statement_timeout=1000' }]) {
    for (const [name, [host, port]] of Object.entries(ways)) console.log(`${name}: ${await ask(host, port, options)}`)
  }
  console.log(`PgBouncer, ignoring, a role's: ${await ask(...ways['PgBouncer, ignoring'], { user: 'careful' })}`)
})()
JS
echo "PostgreSQL $(postgres --version | cut -d ' ' -f 3), $(pgbouncer --version | head -n 1), pg 8.23.1"
node try.cjs | tee seen
[ "$(cat seen)" = 'direct: 1s
PgBouncer: unsupported startup parameter: statement_timeout
PgBouncer, ignoring: 0
direct: 1s
PgBouncer: unsupported startup parameter: options
PgBouncer, ignoring: 0
PgBouncer, ignoring, a role'\''s: 1s' ]
