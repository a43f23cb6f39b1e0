#!/usr/bin/env bash
# One would guess that generate_series() from January 31 in steps of a month has the last day of each month, or February 28 and then
# March 31. It adds a month to the day before, not to the first one: from February on, it is the 28th, for good. So a table of the
# days on which a subscription is due, made with it, moves by up to three days, and only for those who began at the end of a
# month. Adding n months to the first day gives other days, those that a calendar has. What helps: generate_series() of
# whole numbers, and `start + n * interval '1 month'`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
console.log((await db.query('SHOW server_version')).rows[0].server_version)
for (const start of ['2026-01-30', '2026-01-31', '2028-01-31']) {
  const { rows } = await db.query(`SELECT string_agg(to_char(day, 'MM-DD'), ' ' ORDER BY day) AS days
    FROM generate_series($1::timestamp, $1::timestamp + interval '5 months', interval '1 month') AS day
    UNION ALL SELECT string_agg(to_char($1::timestamp + n * interval '1 month', 'MM-DD'), ' ' ORDER BY n) FROM generate_series(0, 5) AS n`, [start])
  console.log(`from ${start}: ${rows[0].days}; n months added: ${rows[1].days}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = 'from 2026-01-30: 01-30 02-28 03-28 04-28 05-28 06-28; n months added: 01-30 02-28 03-30 04-30 05-30 06-30
from 2026-01-31: 01-31 02-28 03-28 04-28 05-28 06-28; n months added: 01-31 02-28 03-31 04-30 05-31 06-30
from 2028-01-31: 01-31 02-29 03-29 04-29 05-29 06-29; n months added: 01-31 02-29 03-31 04-30 05-31 06-30' ]
