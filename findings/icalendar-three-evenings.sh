#!/usr/bin/env bash
# One would guess that an event on three evenings, a DTSTART and an RDATE with the two others, is on three evenings to everybody.
# node-ical hands the RDATE over as a text, and its `expandRecurringEvent` gives the first evening only. The iterator of ical.js and
# the `rruleset` of vobject begin with the two others, and leave out the first one, though RFC 5545 says that DTSTART is an instance.
# With an RRULE beside it, they have all of them. So a ticket for the first or the last evening is for a day that isn't in the
# calendar. What helps: `getrruleset(addRDate=True)` in vobject, or three events.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-vobject=0.9.6.1-2 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages TZ=UTC
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.26.1 > /dev/null

cat > read.py << 'PY'
import sys

import vobject


def show(dates):
    return ", ".join(f"{date:%m-%d}" for date in dates)


event = vobject.readOne(open(sys.argv[1], newline="")).vevent
print(f"  vobject: {show(event.rruleset)}; with addRDate {show(event.getrruleset(addRDate=True))}")
PY
cat > read.mjs << 'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
const text = readFileSync(process.argv[2], 'utf8')
const event = Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT')
const found = nodeIcal.expandRecurringEvent(event, { from: new Date('2026-12-01'), to: new Date('2026-12-31') })
console.log(`  node-ical: ${found.map(({ start }) => start.toISOString().slice(5, 10)).join(', ')}`)
const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator()
const dates = []
for (let date = iterator.next(); date; date = iterator.next()) dates.push(date.toString().slice(5, 10))
console.log(`  ical.js: ${dates.join(', ')}`)
JS
# event FILE LINE...
event() {
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:shop BEGIN:VEVENT UID:1 DTSTAMP:20261101T000000Z SUMMARY:Tea \
    DTSTART:20261205T180000Z DTEND:20261205T193000Z "${@:2}" END:VEVENT END:VCALENDAR > "$1"
}
event dates RDATE:20261212T180000Z,20261219T180000Z
event rule 'RRULE:FREQ=WEEKLY;COUNT=2' RDATE:20261219T180000Z
event rule-only 'RRULE:FREQ=WEEKLY;COUNT=3'
echo 'node-ical 0.26.1, ical.js 2.2.1, vobject 0.9.6.1'
for file in dates rule rule-only; do
  echo "$file"
  node read.mjs $file
  /usr/bin/python3 read.py $file
done | tee seen
[ "$(cat seen)" = 'dates
  node-ical: 12-05
  ical.js: 12-12, 12-19
  vobject: 12-12, 12-19; with addRDate 12-05, 12-12, 12-19
rule
  node-ical: 12-05, 12-12
  ical.js: 12-05, 12-12, 12-19
  vobject: 12-05, 12-12, 12-19; with addRDate 12-05, 12-12, 12-19
rule-only
  node-ical: 12-05, 12-12, 12-19
  ical.js: 12-05, 12-12, 12-19
  vobject: 12-05, 12-12, 12-19; with addRDate 12-05, 12-12, 12-19' ]
