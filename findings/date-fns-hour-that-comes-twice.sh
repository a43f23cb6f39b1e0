#!/usr/bin/env bash
# One would guess that the start of the minute in which an order was placed is less than a minute before it. When summer
# time ends, the hour from two to three comes twice, and in the second one, date-fns goes back to the first:
# `startOfMinute`, `startOfHour` and `roundToNearestMinutes` are an hour too early, as is `startOf` of Day.js. It comes
# from JavaScript’s `setSeconds` and `setMinutes`, which take the first of two times with one name. `eachHourOfInterval`
# leaves the second out. So in a report by hours, one hour has the sales of two, and the next is missing or empty. Luxon
# and Temporal are right. What helps: these, or a `TZDate` in UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts date-fns@4.4.0 @date-fns/tz@1.5.0 dayjs@1.11.23 luxon@3.7.2 temporal-polyfill@1.0.8 > /dev/null

cat > try.mjs << 'JS'
import { TZDate } from '@date-fns/tz'
import { eachHourOfInterval, roundToNearestMinutes, startOfHour, startOfMinute } from 'date-fns'
import dayjs from 'dayjs'
import { DateTime } from 'luxon'
import { Temporal } from 'temporal-polyfill'
const order = new Date('2026-10-25T01:31:15Z') // 02:31:15 in Berlin, for the second time
const time = (date) => new Date(+date).toISOString().slice(11, 19)
console.log(`placed: ${time(order)}`)
console.log(`date-fns: minute ${time(startOfMinute(order))}, hour ${time(startOfHour(order))}, nearest minute ${time(roundToNearestMinutes(order))}`)
console.log(`date-fns with TZDate of Berlin: minute ${time(startOfMinute(new TZDate(order, 'Europe/Berlin')))}, of UTC: ${time(startOfMinute(new TZDate(order, 'UTC')))}`)
console.log(`Day.js: minute ${time(dayjs(order).startOf('minute'))}, hour ${time(dayjs(order).startOf('hour'))}`)
console.log(`Luxon: minute ${time(DateTime.fromJSDate(order).startOf('minute'))}, hour ${time(DateTime.fromJSDate(order).startOf('hour'))}`)
const zoned = Temporal.Instant.fromEpochMilliseconds(+order).toZonedDateTimeISO('Europe/Berlin')
const floor = (smallestUnit) => time(zoned.round({ smallestUnit, roundingMode: 'floor' }).epochMilliseconds)
console.log(`Temporal: minute ${floor('minute')}, hour ${floor('hour')}`)
const hours = eachHourOfInterval({ start: new Date('2026-10-24T23:00Z'), end: new Date('2026-10-25T03:00Z') })
console.log(`each hour from 23:00:00 to 03:00:00: ${hours.map(time).join(', ')}`)
JS
echo 'date-fns 4.4.0, Day.js 1.11.23, Luxon 3.7.2, temporal-polyfill 1.0.8'
TZ=Europe/Berlin node try.mjs | tee seen
[ "$(cat seen)" = 'placed: 01:31:15
date-fns: minute 00:31:00, hour 00:00:00, nearest minute 00:31:00
date-fns with TZDate of Berlin: minute 00:31:00, of UTC: 01:31:00
Day.js: minute 00:31:00, hour 00:00:00
Luxon: minute 01:31:00, hour 01:00:00
Temporal: minute 01:31:00, hour 01:00:00
each hour from 23:00:00 to 03:00:00: 23:00:00, 00:00:00, 02:00:00, 03:00:00' ]
