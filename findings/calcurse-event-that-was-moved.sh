#!/usr/bin/env bash
# One would guess that an event which another calendar has moved, cancelled or left out is so for a calendar that imports it.
# iCalendar writes one moved evening of a series as a second event, with the same UID and RECURRENCE-ID, the time that it
# replaces. calcurse reads neither field and no STATUS: a moved evening takes place at both times, and a cancelled one takes
# place, too. An evening that is left out (EXDATE) is left out, but a series of three (COUNT) gets another one at its end for
# it, which nobody has planned. It says how many events it couldn't read, and names none of these. ical.js does what the format
# says. What helps: a series that ends at a day (UNTIL), an event of its own in place of a moved one, and cancelled ones taken
# out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq calcurse=4.7.1-1 2> /dev/null
dpkg -x calcurse*.deb .
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 > /dev/null

cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
const components = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8'))).getAllSubcomponents('vevent')
const [series, ...moved] = components.map((component) => new ICAL.Event(component))
for (const event of moved) series.relateException(event)
const days = []
const all = series.iterator()
for (let next = all.next(); next; next = all.next()) {
  const { item, startDate } = series.getOccurrenceDetails(next)
  if (item.component.getFirstPropertyValue('status') !== 'CANCELLED') days.push(`11/${startDate.day}`)
}
console.log(days.join(' ') || 'none')
JS
export HOME=$folder TZ=UTC LC_ALL=C
# calendar LINES...: with an evening a week, then what else is given
calendar() {
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:shop BEGIN:VEVENT UID:tasting DTSTAMP:20261001T000000Z \
    DTSTART:20261102T190000Z DTEND:20261102T200000Z 'RRULE:FREQ=WEEKLY;COUNT=3' SUMMARY:Tasting "$@" END:VEVENT END:VCALENDAR
}
moved='END:VEVENT BEGIN:VEVENT UID:tasting DTSTAMP:20261002T000000Z DTSTART:20261110T190000Z DTEND:20261110T200000Z SUMMARY:Tasting'
show() {
  rm -rf data
  mkdir data
  cat > given
  usr/bin/calcurse -q -D data -i given > /dev/null
  echo "$1: ical.js $(node try.mjs < given); calcurse $(usr/bin/calcurse -q -D data -s11/01/2026 -r30 | grep -oE '^11/[0-9]+' | paste -sd ' ')"
}
echo "$(usr/bin/calcurse --version | sed -n '1s/ --.*//p'), ical.js 2.2.1"
{
  calendar | show 'as it was'
  calendar $moved RECURRENCE-ID:20261109T190000Z | show 'one moved'
  calendar STATUS:CANCELLED | show 'all cancelled'
  calendar EXDATE:20261109T190000Z | show 'one left out'
  calendar EXDATE:20261109T190000Z | sed s/COUNT=3/UNTIL=20261116T190000Z/ | show 'one left out, to the 16th'
} | tee seen
[ "$(cat seen)" = 'as it was: ical.js 11/2 11/9 11/16; calcurse 11/02 11/09 11/16
one moved: ical.js 11/2 11/10 11/16; calcurse 11/02 11/09 11/10 11/16
all cancelled: ical.js none; calcurse 11/02 11/09 11/16
one left out: ical.js 11/2 11/16; calcurse 11/02 11/16 11/23
one left out, to the 16th: ical.js 11/2 11/16; calcurse 11/02 11/16' ]
