#!/usr/bin/env bash
# One would guess that pg_shdepend, in which PostgreSQL records which objects depend on which roles, has a row with the owner of
# each table. What belongs to the role that the server was set up with (number 10, mostly postgres) has none, since that role
# can't be dropped, and the table is there to keep roles from being dropped. So a query by which a program looks for what isn't
# its own, over objects of all kinds, finds what other users have made, superusers too, and leaves out what the administrator has
# made as postgres, which is the usual case.
# What helps: `COALESCE(…, 10)` around the look-up, or the catalogue of each kind, such as pg_class.relowner.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17 > /dev/null
cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
const first = async (sql) => (await db.query(sql)).rows
const [{ version, user, number }] = await first(`
  SELECT split_part(version(), ' (', 1) AS version, current_user AS user, oid AS number
  FROM pg_roles WHERE rolname = current_user`)
console.log(`${version}, set up as ${user}, number ${number}`)
await db.exec(`
  CREATE ROLE shop; CREATE ROLE root SUPERUSER;
  CREATE TABLE orders (id int); CREATE TABLE refunds (id int); CREATE TABLE events (id int);
  ALTER TABLE orders OWNER TO shop; ALTER TABLE refunds OWNER TO root`)
for (const { relname, owner, recorded } of await first(`
  SELECT relname, pg_get_userbyid(relowner) AS owner, (
    SELECT pg_get_userbyid(refobjid) FROM pg_shdepend
    WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'o') AS recorded
  FROM pg_class WHERE relname IN ('orders', 'refunds', 'events') ORDER BY relname`))
  console.log(`${relname}: its owner is ${owner}, recorded: ${recorded ?? 'nobody'}`)
JS
node try.mjs | tee seen
[ "$(cat seen)" = 'PostgreSQL 18.7, set up as postgres, number 10
events: its owner is postgres, recorded: nobody
orders: its owner is shop, recorded: shop
refunds: its owner is root, recorded: root' ]
