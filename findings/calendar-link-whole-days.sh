#!/usr/bin/env bash
# One would guess that an event which one library writes for all calendars is read by others. calendar-link writes the day of an event that
# lasts whole days as `DTSTART:20261105`, without saying that it is a date and not a time (`;VALUE=DATE`): ical.js says that it is no
# valid time, and doesn't read the file, while node-ical and vobject read a day. And it writes commas as they are, though they separate
# texts in a list: to vobject, the event `Tea, cake and cups` is called `Tea`, while the others have all of it. So it depends on the
# recipient's calendar. Its links for Google, Outlook and Yahoo have none of this. What helps: ical-generator or ics for the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-vobject=0.9.6.1-2 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund calendar-link@2.11.5 ical.js@2.2.1 node-ical@0.27.2 > /dev/null

cat > try.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import { ics } from 'calendar-link'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
const events = {
  day: { title: 'Tea', start: '2026-11-05', allDay: true },
  names: { title: 'Tea, cake and cups', start: '2026-11-05 18:00 +0100', duration: [2, 'hour'] },
}
for (const [name, event] of Object.entries(events)) {
  const text = decodeURIComponent(ics(event).replace(/^.*?,/, ''))
  writeFileSync(`${name}.ics`, text)
  console.log(text.match(/^DTSTART.*/m)[0], text.match(/^SUMMARY.*/m)[0])
  try {
    const { summary, startDate } = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'))
    console.log(`ical.js: ${summary}, ${startDate}`)
  } catch (error) {
    console.log(`ical.js: ${error.message}`)
  }
  const { summary, datetype } = Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT')
  console.log(`node-ical: ${summary}, a ${datetype}`)
}
JS
cat > try.py << 'PY'
import vobject

for name in ["day", "names"]:
    event = vobject.readOne(open(f"{name}.ics", newline="").read()).vevent
    print(f"vobject: {event.summary.value}, {event.dtstart.value}")
PY
echo 'calendar-link 2.11.5, ical.js 2.2.1, node-ical 0.27.2, vobject 0.9.6.1'
{
  TZ=UTC node try.mjs
  /usr/bin/python3 try.py
} | tee seen
[ "$(cat seen)" = 'DTSTART:20261105 SUMMARY:Tea
ical.js: invalid date-time value: "2026-11-05T::"
node-ical: Tea, a date
DTSTART:20261105T170000Z SUMMARY:Tea, cake and cups
ical.js: Tea, cake and cups, 2026-11-05T17:00:00Z
node-ical: Tea, cake and cups, a date-time
vobject: Tea, 2026-11-05
vobject: Tea, 2026-11-05 17:00:00+00:00' ]
