#!/usr/bin/env bash
# One would guess that a Date, which is a moment, stays that moment when an event is also given a time zone. ical-generator writes the
# clock of the process, and the name of the zone beside it; its documentation only says that the two should match. On a computer in that
# zone all is well. On a server in UTC, the event of a calendar for Berlin is an hour early, and two in summer. Who reads it may hide
# that: without a definition of the zone in the file, ical.js takes its own clock for that of Berlin, and finds the right moment where both run
# on one machine; node-ical, which knows the zones, shows the error. What helps: to give no zone, and get UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ical-generator@11.1.2 ical.js@2.2.1 node-ical@0.27.2 > /dev/null

cat > try.mjs << 'JS'
import calendar from 'ical-generator'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
const start = new Date('2026-11-01T12:00:00Z')
for (const zone of [undefined, 'Europe/Berlin']) {
  const events = calendar()
  events.createEvent({ id: 'pass', summary: 'The pass begins', start, ...(zone && { timezone: zone }) })
  const text = events.toString()
  const byIcalJs = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).startDate.toJSDate()
  const byNodeIcal = nodeIcal.sync.parseICS(text).pass.start
  const [line] = text.match(/DTSTART\S*/)
  const utc = (date) => date.toISOString().slice(11, 16)
  console.log(`${process.env.TZ}: ${line} is ${utc(byIcalJs)} UTC to ical.js, ${utc(byNodeIcal)} UTC to node-ical`)
}
JS
echo 'ical-generator 11.1.2, ical.js 2.2.1, node-ical 0.27.2; 12:00 UTC'
for zone in Europe/Berlin UTC; do TZ=$zone node try.mjs; done | tee seen
[ "$(cat seen)" = 'Europe/Berlin: DTSTART:20261101T120000Z is 12:00 UTC to ical.js, 12:00 UTC to node-ical
Europe/Berlin: DTSTART;TZID=Europe/Berlin:20261101T130000 is 12:00 UTC to ical.js, 12:00 UTC to node-ical
UTC: DTSTART:20261101T120000Z is 12:00 UTC to ical.js, 12:00 UTC to node-ical
UTC: DTSTART;TZID=Europe/Berlin:20261101T120000 is 12:00 UTC to ical.js, 11:00 UTC to node-ical' ]
