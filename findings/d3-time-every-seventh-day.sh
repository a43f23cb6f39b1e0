#!/usr/bin/env bash
# One would guess that every seventh day is a week after the one before. In d3, `utcDay.every(7)` counts from the first of each month: October
# 29 is followed by November 1, so what is summed by it has a bucket of three days, which looks like a bad week. Every fifth month
# counts from each January: January, June, November, January. `every(2)` has two odd days in a row, the 31st and the 1st. The axis
# of a time scale is made with these intervals. The documentation says that a step depends on the parent interval, and its examples
# are minutes and hours, where the step divides the hour or the day. What helps: utcWeek or utcMonday for weeks, or a filter by
# `count`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund d3-time@3.1.1 d3-array@3.2.5 > /dev/null

cat > try.mjs << 'JS'
import { rollup } from 'd3-array'
import { utcDay, utcDays, utcMonday, utcMonth } from 'd3-time'
const from = new Date('2026-10-15')
const to = new Date('2026-11-20')
const show = (day) => day.toISOString().slice(5, 10)
const sales = utcDays(from, to) // one a day
for (const [name, interval] of [['utcDay.every(7)', utcDay.every(7)], ['utcMonday', utcMonday]]) {
  const buckets = rollup(sales, ({ length }) => length, interval.floor)
  console.log(`sales by ${name}: ${[...buckets].map(([day, count]) => `${show(day)} ${count}`).join(', ')}`)
}
console.log(`utcDay.every(2): ${utcDay.every(2).range(new Date('2026-10-28'), new Date('2026-11-05')).map(show).join(', ')}`)
const months = utcMonth.every(5).range(new Date('2026-01-01'), new Date('2027-12-31'))
console.log(`utcMonth.every(5): ${months.map((day) => day.toISOString().slice(0, 7)).join(', ')}`)
const since = utcDay.filter((day) => utcDay.count(from, day) % 7 === 0)
console.log(`a filter by count: ${since.range(from, to).map(show).join(', ')}`)
JS
for name in d3-time d3-array; do echo "$name $(node -p "require('./node_modules/$name/package.json').version")"; done
node try.mjs | tee seen
[ "$(cat seen)" = 'sales by utcDay.every(7): 10-15 7, 10-22 7, 10-29 3, 11-01 7, 11-08 7, 11-15 5
sales by utcMonday: 10-12 4, 10-19 7, 10-26 7, 11-02 7, 11-09 7, 11-16 4
utcDay.every(2): 10-29, 10-31, 11-01, 11-03
utcMonth.every(5): 2026-01, 2026-06, 2026-11, 2027-01, 2027-06, 2027-11
a filter by count: 10-15, 10-22, 10-29, 11-05, 11-12, 11-19' ]
