#!/usr/bin/env bash
# One would guess that a month after October 5 is November 5 in a test with pg-mem, which imitates PostgreSQL in memory, as in
# PostgreSQL. It adds 30 days, and 360 for a year, so a yearly subscription that began on October 5 ends on September 30. The README
# warns of numbers that aren't exact, and pg-mem says so where it doesn't know a function, but a date is wrong without a word. So tests of
# due days fail with the right code, or pass with code that was changed to suit them. PGlite, which is PostgreSQL itself, gives what a server gives. What helps: PGlite, or a server, for such tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pg-mem@3.0.14 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import pgMem from 'pg-mem'
const pglite = await PGlite.create()
const mem = pgMem.newDb()
const show = (rows) => rows.map(({ value }) => (value instanceof Date ? value.toISOString().slice(0, 10) : value)).join(' ')
for (const query of [
  `SELECT '2026-10-05'::date + interval '1 month' AS value`,
  `SELECT '2026-10-05'::date + interval '6 months' AS value`,
  `SELECT '2026-10-05'::date + interval '1 year' AS value`,
]) console.log(`${query}: pg-mem ${show(mem.public.many(query))}; PGlite ${show((await pglite.query(query)).rows)}`)
JS
echo 'pg-mem 3.0.14, PGlite 0.5.17'
TZ=UTC node try.mjs | tee seen
[ "$(sed 's/.*: //' seen)" = 'pg-mem 2026-11-04; PGlite 2026-11-05
pg-mem 2027-04-03; PGlite 2027-04-05
pg-mem 2027-09-30; PGlite 2027-10-05' ]
