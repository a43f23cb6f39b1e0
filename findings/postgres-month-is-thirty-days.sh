#!/usr/bin/env bash
# One would guess that a month and 30 days are two periods. To compare intervals, PostgreSQL takes a month for 30 days, whatever month is
# meant. So the two are equal: a table of plans whose key is the period refuses the second of them as a duplicate, GROUP BY and
# DISTINCT count the buyers of both under whichever comes first, and a join finds both. A year equals 360 days, not 365. Added to
# a date, they differ, and so does EXTRACT(epoch), to which a year has 365.25 days, so two equal periods have
# unequal seconds. What helps: period::text, or a number and a unit in two columns.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
const query = async (text) => (await db.query(text)).rows
console.log((await query('SHOW server_version'))[0].server_version)
for (const [one, other] of [['1 month', '30 days'], ['1 year', '360 days'], ['1 year', '365 days']]) {
  const [row] = await query(`SELECT interval '${one}' = '${other}' AS equal, date '2026-10-05' + interval '${one}' = date '2026-10-05' + interval '${other}' AS same_day,
    (EXTRACT(epoch FROM interval '${one}') / 86400)::float AS days`)
  console.log(`${one} and ${other}: ${row.equal ? 'equal' : 'not equal'}, ${row.same_day ? 'the same day' : 'another day'}; EXTRACT(epoch) of ${one}: ${row.days} days`)
}
await db.exec(`CREATE TABLE plans (period INTERVAL PRIMARY KEY); INSERT INTO plans VALUES ('1 month')`)
console.log("INSERT of '30 days':", await db.query(`INSERT INTO plans VALUES ('30 days')`).catch((error) => error.message))
const bought = `(VALUES (interval '1 month'), ('30 days'), ('30 days')) AS bought (period)`
for (const key of ['period', 'period::text']) {
  const rows = await query(`SELECT min(period::text) AS period, count(*)::int AS buyers FROM ${bought} GROUP BY ${key} ORDER BY 1`)
  console.log(`GROUP BY ${key}: ${rows.map(({ period, buyers }) => `${period} ${buyers}`).join(', ')}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "1 month and 30 days: equal, another day; EXTRACT(epoch) of 1 month: 30 days
1 year and 360 days: equal, another day; EXTRACT(epoch) of 1 year: 365.25 days
1 year and 365 days: not equal, the same day; EXTRACT(epoch) of 1 year: 365.25 days
INSERT of '30 days': duplicate key value violates unique constraint \"plans_pkey\"
GROUP BY period: 1 mon 3
GROUP BY period::text: 1 mon 1, 30 days 2" ]
