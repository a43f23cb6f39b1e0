#!/usr/bin/env bash
# One would guess that a note in a contact is the same note after two programs have passed it on. A semicolon in it may be written as
# `\;` in a vCard of version 3, and vobject writes it so, in every text. ical.js undoes that in texts of a calendar, but in a
# contact only for lists such as ORG, so the note has a backslash, which it writes as two: each turn between the two adds more of
# them, and vobject shows them, too. `vcf` undoes nothing, so its note has `\n` and `\,` in it as well. With a comma the two agree.
# What helps: no semicolons in notes that are passed on, or `\;` undone after reading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-vobject=0.9.6.1-2 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund ical.js@2.2.1 vcf@2.1.2 > /dev/null

cat > pass-on.py << 'PY'
import sys

import vobject

text = sys.stdin.read()
if text:
    card = vobject.readOne(text)
else:
    card = vobject.vCard()
    card.add("fn").value = "Ann"
    card.add("n").value = vobject.vcard.Name(family="Ann")
    card.add("note").value = "tea, milk; no sugar"
print(f"vobject: {card.note.value}", file=sys.stderr)
sys.stdout.write(card.serialize())
PY
cat > pass-on.mjs << 'JS'
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import VCard from 'vcf'
const text = readFileSync(0, 'utf8')
const card = new ICAL.Component(ICAL.parse(text))
console.error(`ical.js: ${card.getFirstPropertyValue('note')}`)
console.error(`vcf: ${new VCard().parse(text).get('note').valueOf()}`)
console.log(card.toString())
JS
event='BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:tea\\, milk\\; no sugar\r\nEND:VEVENT\r\nEND:VCALENDAR'
cat > event.mjs << 'JS'
import ICAL from 'ical.js'
const calendar = new ICAL.Component(ICAL.parse(process.argv[2].replaceAll('\\r\\n', '\r\n').replaceAll('\\\\', '\\')))
console.log(`ical.js, in a calendar: ${calendar.getFirstSubcomponent('vevent').getFirstPropertyValue('description')}`)
JS
echo 'vobject 0.9.6.1, ical.js 2.2.1, vcf 2.1.2'
: > card
{
  for turn in 1 2 3; do
    echo "turn $turn"
    /usr/bin/python3 pass-on.py < card > written
    node pass-on.mjs < written > card
  done
  node event.mjs "$event"
} 2>&1 | tee seen
[ "$(cat seen)" = 'turn 1
vobject: tea, milk; no sugar
ical.js: tea, milk\; no sugar
vcf: tea\, milk\; no sugar
turn 2
vobject: tea, milk\; no sugar
ical.js: tea, milk\\; no sugar
vcf: tea\, milk\\\; no sugar
turn 3
vobject: tea, milk\\; no sugar
ical.js: tea, milk\\\; no sugar
vcf: tea\, milk\\\\\; no sugar
ical.js, in a calendar: tea, milk; no sugar' ]
