#!/usr/bin/env bash
# One would guess that a program reads the days of a file in one way. DuckDB guesses the format from the rows that there are. In a file of
# an American shop, 11/13/2026 can only be November 13, so the month comes first. On November 12 the same export has no such
# day yet, and is read with the day first: a sale of November 5 is one of May 11, without a word. Day first is what it tries first,
# so European files are right either way, and a report of the current month is wrong in its first twelve days only. All rows are
# there. The documentation lists the formats and their order. What helps: `dateformat = '%m/%d/%Y'`, or ISO 8601 in the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1 > /dev/null

printf 'day,amount\n11/05/2026,525\n11/12/2026,700\n' > until-12.csv
printf 'day,amount\n11/05/2026,525\n11/12/2026,700\n11/13/2026,900\n' > until-13.csv
cat > try.mjs << 'JS'
import { DuckDBInstance } from '@duckdb/node-api'
const db = await (await DuckDBInstance.create(':memory:')).connect()
const rows = async (sql) => (await db.runAndReadAll(sql)).getRowObjectsJson()
console.log(`DuckDB ${(await rows('SELECT version() AS v'))[0].v}`)
for (const source of ["'until-12.csv'", "'until-13.csv'", "read_csv('until-12.csv', dateformat = '%m/%d/%Y')"]) {
  const days = (await rows(`SELECT day FROM ${source}`)).map(({ day }) => day)
  const [{ sum }] = await rows(`SELECT coalesce(sum(amount), 0) AS sum FROM ${source} WHERE day >= '2026-11-01' AND day < '2026-12-01'`)
  console.log(`${source}: ${days.join(', ')}; November: ${sum}`)
}
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "'until-12.csv': 2026-05-11, 2026-12-11; November: 0
'until-13.csv': 2026-11-05, 2026-11-12, 2026-11-13; November: 2125
read_csv('until-12.csv', dateformat = '%m/%d/%Y'): 2026-11-05, 2026-11-12; November: 1225" ]
