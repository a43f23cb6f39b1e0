#!/usr/bin/env bash
# One would guess that a month which is added to midnight in Berlin ends at midnight in Berlin, wherever the program runs: that is what the
# zone is given for. dayjs counts the month with the offset of the beginning. Where clocks change in between, the time is an hour off:
# a pass for October ends on October 31 at 23:00, and a report of October leaves out its last hour. Where endOf() ends the month depends on
# the zone of the process: an hour late in New York. With the process in Berlin itself, all is right, so a test on one's own machine passes.
# luxon is right everywhere. What helps: to read the sum again in the zone, `dayjs.tz(sum.format('YYYY-MM-DD'), zone)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 > /dev/null

cat > try.cjs << 'JS'
const dayjs = require('dayjs')
const { DateTime } = require('luxon')
dayjs.extend(require('dayjs/plugin/utc'))
dayjs.extend(require('dayjs/plugin/timezone'))
const zone = 'Europe/Berlin'
const show = (time) => new Date(time).toISOString().slice(5, 16)
const begin = dayjs.tz('2026-10-01', zone)
const luxon = DateTime.fromISO('2026-10-01', { zone })
console.log(`${process.env.TZ}: a month later ${show(begin.add(1, 'month'))}, end ${show(begin.endOf('month'))}; luxon ${show(luxon.plus({ months: 1 }))}, end ${show(luxon.endOf('month'))}`)
JS
echo "dayjs $(node -p 'require("dayjs/package.json").version'), luxon $(node -p 'require("luxon/package.json").version'), times in UTC"
for zone in UTC Europe/Berlin America/New_York; do TZ=$zone node try.cjs; done | tee seen
[ "$(cat seen)" = 'UTC: a month later 10-31T22:00, end 10-31T22:59; luxon 10-31T23:00, end 10-31T22:59
Europe/Berlin: a month later 10-31T23:00, end 10-31T22:59; luxon 10-31T23:00, end 10-31T22:59
America/New_York: a month later 10-31T22:00, end 10-31T23:59; luxon 10-31T23:00, end 10-31T22:59' ]
