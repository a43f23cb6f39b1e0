#!/usr/bin/env bash
# One would guess that a day that is left out of a series is left out by whoever reads it. ics writes the start of a series as a
# time of the day if one asks for that (`startOutputType: 'local'`, so that a shop opens at 10:30 all year), but the times that
# are left out in UTC, and whole days without saying that they are days. So in Berlin, 9:30 is no exception to 10:30: the series
# has the closed day after all, and one of whole days is an error to ical.js. There is no error when it is written, and on a
# server that is set to UTC the two times agree, so a test there finds nothing. What helps: the start in UTC, as is the default,
# or TZ=UTC; and for days `;VALUE=DATE` put behind EXDATE.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ics@3.12.0 ical.js@2.2.1 > /dev/null

cat > try.mjs << 'JS'
import ICAL from 'ical.js'
import { createEvent } from 'ics'
const series = { title: 'Tasting', uid: '1', recurrenceRule: 'FREQ=WEEKLY;COUNT=3' }
const time = { start: [2026, 11, 1, 10, 30], duration: { hours: 1 }, exclusionDates: [[2026, 11, 8, 10, 30]] }
const day = { start: [2026, 11, 1], end: [2026, 11, 2], exclusionDates: [[2026, 11, 8]] }
function show(name, text) {
  console.log(`${name}: ${text.match(/DTSTART.*|EXDATE.*/g).join(' ')}`)
  try {
    const all = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator()
    const days = []
    for (let next = all.next(); next; next = all.next()) days.push(`${next.month}/${next.day}`)
    console.log(`  ical.js: ${days.join(' ')}`)
  } catch ({ message }) {
    console.log(`  ical.js: ${message}`)
  }
}
const written = (event) => createEvent({ ...series, ...event }).value
show('in UTC', written(time))
show('local', written({ ...time, startOutputType: 'local' }))
if (process.env.TZ === 'UTC') process.exit()
show('days', written(day))
show('days, repaired', written(day).replace('EXDATE:', 'EXDATE;VALUE=DATE:'))
JS
for name in ics ical.js; do echo "$name $(node -p "JSON.parse(fs.readFileSync('node_modules/$name/package.json')).version")"; done
for zone in UTC Europe/Berlin; do
  echo "in $zone"
  TZ=$zone node try.mjs
done | tee seen
[ "$(cat seen)" = 'in UTC
in UTC: DTSTART:20261101T103000Z EXDATE:20261108T103000Z
  ical.js: 11/1 11/15
local: DTSTART:20261101T103000 EXDATE:20261108T103000Z
  ical.js: 11/1 11/15
in Europe/Berlin
in UTC: DTSTART:20261101T093000Z EXDATE:20261108T093000Z
  ical.js: 11/1 11/15
local: DTSTART:20261101T103000 EXDATE:20261108T093000Z
  ical.js: 11/1 11/8 11/15
days: DTSTART;VALUE=DATE:20261101 EXDATE:20261108
  ical.js: invalid date-time value: "2026-11-08T::"
days, repaired: DTSTART;VALUE=DATE:20261101 EXDATE;VALUE=DATE:20261108
  ical.js: 11/1 11/15' ]
