#!/usr/bin/env bash
# One would guess that a library which is told on what day of the month a fiscal year begins counts months and quarters from that day.
# For the British tax year, from April 6, fiscal-year knows the day for the year only: April 5 belongs to the year that ends, as it
# should, and to the first month and the first quarter, as all of April. So five days of April are in the first quarter of the year
# before, with sales of the spring before, and are missing in its last one. Of a year that begins on the 26th of a month, 25 days are.
# README and types have the day as a setting, without a word on it. What helps: to shift the date by the days first, and to have a
# year begin on the 1st.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fiscal-year@1.0.0 > /dev/null

cat > try.cjs << 'JS'
const { default: FiscalYear } = require('fiscal-year')
const british = FiscalYear({ month: 3, day: 6 })
const shifted = FiscalYear({ month: 3, day: 1 })
for (const day of ['2026-03-31', '2026-04-01', '2026-04-05', '2026-04-06', '2027-04-05']) {
  const fiveDaysBefore = new Date(Date.parse(day) - 5 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  const [is, would] = [[british, day], [shifted, fiveDaysBefore]]
    .map(([year, date]) => `quarter ${year.getFiscalQuarter(date)} of the year that ends in ${year.getFiscalYear(date)}`)
  console.log(`${day}: ${is}${is === would ? '' : `, and shifted ${would}`}`)
}
JS
echo "fiscal-year $(node -p 'require("fiscal-year/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '2026-03-31: quarter 4 of the year that ends in 2026
2026-04-01: quarter 1 of the year that ends in 2026, and shifted quarter 4 of the year that ends in 2026
2026-04-05: quarter 1 of the year that ends in 2026, and shifted quarter 4 of the year that ends in 2026
2026-04-06: quarter 1 of the year that ends in 2027
2027-04-05: quarter 1 of the year that ends in 2027, and shifted quarter 4 of the year that ends in 2027' ]
