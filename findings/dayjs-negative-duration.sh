#!/usr/bin/env bash
# One would guess that Day.js reads the duration that it has written. It writes -PT1H30M for an hour and a half too few, and reads that as
# an hour and a half too many, since the sign in front is recognized and not used. So an account of hours that was stored and loaded has as
# much as it owed. Signs behind the T, as in PT-1H-30M, are read correctly, and Moment and Luxon read both. And a decimal comma, which ISO
# 8601 allows like a point, makes PT1,5H a duration of 0 in Day.js, without an error. What helps: to store minutes as a number, or Luxon,
# which reads the first and says that the second is invalid.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 moment@2.31.0 > /dev/null

cat > try.mjs << 'JS'
import dayjs from 'dayjs'
import duration from 'dayjs/plugin/duration.js'
import { Duration } from 'luxon'
import moment from 'moment'
dayjs.extend(duration)
const owed = dayjs.duration(-90, 'minutes')
console.log(`Day.js writes ${owed.toISOString()} for ${owed.asMinutes()} minutes`)
for (const text of [owed.toISOString(), 'PT-1H-30M', 'PT1.5H', 'PT1,5H']) {
  const { invalidReason } = Duration.fromISO(text)
  console.log(`${text}: Day.js ${dayjs.duration(text).asMinutes()}, Moment ${moment.duration(text).asMinutes()}, Luxon ${invalidReason ?? Duration.fromISO(text).as('minutes')}`)
}
JS
echo 'dayjs 1.11.23, moment 2.31.0, luxon 3.7.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'Day.js writes -PT1H30M for -90 minutes
-PT1H30M: Day.js 90, Moment -90, Luxon -90
PT-1H-30M: Day.js -90, Moment -90, Luxon -90
PT1.5H: Day.js 90, Moment 90, Luxon 90
PT1,5H: Day.js 0, Moment 90, Luxon unparsable' ]
