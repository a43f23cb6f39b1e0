#!/usr/bin/env bash
# One would guess that a dump which pg_dump has made of a server can be loaded into that server again, as long as pg_dump isn't older
# than the server, which is what its manual asks for. From version 17 on, pg_dump and pg_restore begin each script with
# SET transaction_timeout = 0, whatever server the dump is of. A server of 16 or older doesn't know that setting. psql goes on after such
# an error unless it was told to stop at errors, as one that restores in one transaction must. What helps: leave those settings of the
# first lines out that pg_settings doesn't list; or use client programs of the server's version.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The tools are for a later server, which is what this is about.
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @electric-sql/pglite@0.2.17 \
  @electric-sql/pglite-tools@0.2.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { pgDump } from '@electric-sql/pglite-tools/pg_dump'
const db = await PGlite.create()
await db.exec(`CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('kept')`)
const dump = await (await pgDump({ pg: db })).text()
console.log(dump.match(/^-- Dumped .*$/gm).join('\n'))
async function load(how, script) {
  const server = await PGlite.create()
  const answer = await server.exec(script).then(() => 'done', (error) => error.message)
  const { rows } = await server.query(`SELECT to_regclass('public.notes') IS NOT NULL AS found`)
  console.log(`${how}: ${answer}; table ${rows[0].found ? 'found' : 'missing'}`)
}
await load('as it is', dump)
await load('without the setting', dump.replace(/^SET transaction_timeout = .*\n/m, ''))
process.exit()
JS
seen=$(node try.mjs)
echo "$seen"
[ "$seen" = '-- Dumped from database version 16.3 (PGlite 0.2.0)
-- Dumped by pg_dump version 17.5
as it is: unrecognized configuration parameter "transaction_timeout"; table missing
without the setting: done; table found' ]
