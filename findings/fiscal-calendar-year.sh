#!/usr/bin/env bash
# One would guess that a fiscal year which begins in January is the calendar year. The package fiscal gives the right number, quarters
# that are right, and a year that begins on January 1, 2026 and ends on December 31, 2025, a day before. So no sale is within the
# year, and each is within its quarter. With a year that begins in April or October, both are right. The end is computed as the day
# before the first month of the same number, and the case of January is treated for the start only, where the source has a note that
# it is untested. What helps: the day before the start of `next()`, or the end of the fourth quarter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fiscal@1.0.0 > /dev/null

cat > try.cjs << 'JS'
const Fiscal = require('fiscal')
const sale = new Date(2026, 10, 15)
const show = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].join('-')
for (const [name, month] of [['January', 0], ['April', 3], ['October', 9]]) {
  const { fiscalYear, quarter } = new Fiscal(month).getFiscalInfoForDate(sale)
  for (const [what, { startDate, endDate }] of [[fiscalYear.fiscalYear, fiscalYear], [quarter.string, quarter]]) {
    const within = startDate <= sale && sale <= endDate
    console.log(`from ${name}, ${what}: ${show(startDate)} to ${show(endDate)}, ${show(sale)} is ${within ? '' : 'not '}within`)
  }
}
JS
echo "fiscal $(node -p 'require("fiscal/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'from January, 2026: 2026-1-1 to 2025-12-31, 2026-11-15 is not within
from January, Q4: 2026-10-1 to 2026-12-31, 2026-11-15 is within
from April, 2027: 2026-4-1 to 2027-3-31, 2026-11-15 is within
from April, Q3: 2026-10-1 to 2026-12-31, 2026-11-15 is within
from October, 2027: 2026-10-1 to 2027-9-30, 2026-11-15 is within
from October, Q1: 2026-10-1 to 2026-12-31, 2026-11-15 is within' ]
