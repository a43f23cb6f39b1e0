#!/usr/bin/env bash
# One would guess that half a day after midnight is noon, or an error. It is noon in Luxon, midnight of the same day in date-fns, and
# midnight of the next one in Day.js and Moment. A trial of a day and a half ends after one day, one and a half, or two. Half a month is
# nothing in Day.js and date-fns, fifteen days in Luxon and a whole month in Moment, and half a year is nothing in Day.js alone. Half an
# hour is half an hour in all four, so the same code is right for hours. Moment and Day.js document that they round days; date-fns and Luxon
# say nothing of it. What helps: whole numbers of a smaller unit, such as 36 hours, unless the clock on the wall is to count.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund date-fns@4.4.0 dayjs@1.11.23 luxon@3.7.2 moment@2.31.0 > /dev/null

cat > try.mjs << 'JS'
import { add } from 'date-fns'
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import { DateTime } from 'luxon'
import moment from 'moment'
dayjs.extend(utc)
const start = '2026-01-15T00:00:00Z'
for (const [count, unit] of [[0.5, 'hours'], [0.5, 'days'], [1.5, 'days'], [1.5, 'weeks'], [0.5, 'months'], [0.5, 'years']]) {
  const ends = {
    luxon: DateTime.fromISO(start, { zone: 'utc' }).plus({ [unit]: count }).toJSDate(),
    'date-fns': add(new Date(start), { [unit]: count }),
    dayjs: dayjs.utc(start).add(count, unit).toDate(),
    moment: moment.utc(start).add(count, unit).toDate()
  }
  console.log(`${count} ${unit}: ${Object.entries(ends).map(([name, end]) => `${name} ${end.toISOString().slice(5, 16)}`).join(', ')}`)
}
JS
echo 'date-fns 4.4.0, dayjs 1.11.23, luxon 3.7.2, moment 2.31.0'
TZ=UTC node try.mjs | tee seen
[ "$(cat seen)" = '0.5 hours: luxon 01-15T00:30, date-fns 01-15T00:30, dayjs 01-15T00:30, moment 01-15T00:30
0.5 days: luxon 01-15T12:00, date-fns 01-15T00:00, dayjs 01-16T00:00, moment 01-16T00:00
1.5 days: luxon 01-16T12:00, date-fns 01-16T00:00, dayjs 01-17T00:00, moment 01-17T00:00
1.5 weeks: luxon 01-25T12:00, date-fns 01-25T00:00, dayjs 01-26T00:00, moment 01-26T00:00
0.5 months: luxon 01-30T00:00, date-fns 01-15T00:00, dayjs 01-15T00:00, moment 02-15T00:00
0.5 years: luxon 07-16T12:00, date-fns 07-15T00:00, dayjs 01-15T00:00, moment 07-15T00:00' ]
