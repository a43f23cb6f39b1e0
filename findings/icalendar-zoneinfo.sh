#!/usr/bin/env bash
# One would guess that an event at nine in Europe/Berlin names that zone in its file, whichever of Python's ways to give a zone was
# used. icalendar 4, which Debian 12 has, knows the zones of pytz. Of one from the standard library's zoneinfo it writes the
# abbreviation of that day: `TZID=CET` in winter, `TZID=CEST` in summer, `TZID=IST` for India. Only the first happens to be a zone as
# well. icalendar itself reads the event of July back without any. node-ical takes nine o'clock in Berlin for nine o'clock where it
# runs, and refuses the whole file for IST. What helps: zones of pytz, times in UTC, or icalendar 5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-icalendar=4.0.3-5 python3-tz=2022.7.1-4 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund node-ical@0.26.1 > /dev/null

cat > write.py << 'PY'
from datetime import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytz


def write(start):
    calendar, event = icalendar.Calendar(), icalendar.Event()
    event.add("uid", "1")
    event.add("dtstamp", datetime(2026, 1, 1, tzinfo=pytz.utc))
    event.add("dtstart", start)
    calendar.add_component(event)
    return calendar.to_ical()


def zone_in(calendar):
    return calendar.decode().split("TZID=")[1].split(";")[0]


for name in ["Europe/Berlin", "Asia/Kolkata"]:
    for month in [1, 7]:
        start = datetime(2026, month, 1, 9)
        calendar = write(start.replace(tzinfo=ZoneInfo(name)))
        again = icalendar.Calendar.from_ical(calendar).walk("vevent")[0]["dtstart"].dt
        print(f"{zone_in(write(pytz.timezone(name).localize(start)))}, with zoneinfo {zone_in(calendar)}, read as {again}")
        with open(f"{month}-{zone_in(calendar)}.ics", "wb") as file:
            file.write(calendar)
PY
cat > read.cjs << 'JS'
const { sync } = require('node-ical')
for (const file of ['1-CET.ics', '7-CEST.ics', '7-IST.ics']) {
  try {
    const { start } = Object.values(sync.parseFile(file)).find(({ type }) => type === 'VEVENT')
    console.log(`${file}: ${start.toISOString()}`)
  } catch ({ message }) {
    console.log(`${file}: ${message}`)
  }
}
JS
echo "icalendar $(/usr/bin/python3 -c 'import icalendar; print(icalendar.__version__)'), node-ical $(node -p "require('node-ical/package.json').version")"
{
  /usr/bin/python3 write.py
  TZ=America/Chicago node read.cjs 2> /dev/null
} | tee seen
[ "$(cat seen)" = 'Europe/Berlin, with zoneinfo CET, read as 2026-01-01 09:00:00+01:00
Europe/Berlin, with zoneinfo CEST, read as 2026-07-01 09:00:00
Asia/Kolkata, with zoneinfo IST, read as 2026-01-01 09:00:00
Asia/Kolkata, with zoneinfo IST, read as 2026-07-01 09:00:00
1-CET.ics: 2026-01-01T08:00:00.000Z
7-CEST.ics: 2026-07-01T14:00:00.000Z
7-IST.ics: Forbidden ICU TimeZone' ]
