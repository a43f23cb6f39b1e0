#!/usr/bin/env bash
# One would guess that two calendars on one page, each with a language of its own, don’t know of each other. flatpickr
# keeps the names of the months that it can read in one place, and the calendar that was made last sets them for all. The
# German one still writes "13. Oktober 2026", and reads the same text as January 13 if an English one was made after it:
# no error, and the right day and year. `minDate` is read before a calendar sets its own names, so it is in January even
# if there is one calendar, as is what `flatpickr.parseDate` reads before there is any. In a language that has the same
# name for a month, such as November, nothing is wrong. What helps: one language for each page, or a `dateFormat` of
# digits, with an `altFormat` for what is shown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts flatpickr@4.6.13 jsdom@29.1.1 > /dev/null

cat > try.cjs << 'JS'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('')
for (const name of ['window', 'document', 'Node', 'HTMLElement', 'HTMLCollection', 'NodeList', 'Event', 'getComputedStyle']) globalThis[name] = window[name]
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true })
const flatpickr = require('flatpickr')
const { German } = require('flatpickr/dist/l10n/de.js')
const field = () => document.body.appendChild(document.createElement('input'))
const parse = () => flatpickr.parseDate('October 13, 2026', 'F j, Y').toDateString()
console.log(`parseDate before any calendar: ${parse()}`)
const { config } = flatpickr(field(), { locale: German, dateFormat: 'j. F Y', minDate: '13. Oktober 2026' })
console.log(`minDate of the first calendar: ${config.minDate.toDateString()}`)

const german = flatpickr(field(), { locale: German, dateFormat: 'j. F Y' })
const digits = flatpickr(field(), { locale: German, dateFormat: 'Y-m-d', altInput: true, altFormat: 'j. F Y' })
const again = (calendar, month) => {
  calendar.setDate(new Date(2026, month, 13))
  const written = calendar.input.value
  calendar.setDate(written)
  return `${written} is ${(calendar.altInput ?? calendar.input).value}`
}
console.log(`alone: ${again(german, 9)}`)
flatpickr(field(), { dateFormat: 'F j, Y' })
console.log(`beside an English one: ${again(german, 9)}, and ${again(german, 10)}; with digits: ${again(digits, 9)}`)
console.log(`parseDate now: ${parse()}`)
process.exit()
JS
echo "flatpickr $(node -p 'require("flatpickr/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'parseDate before any calendar: Tue Jan 13 2026
minDate of the first calendar: Tue Jan 13 2026
alone: 13. Oktober 2026 is 13. Oktober 2026
beside an English one: 13. Oktober 2026 is 13. Januar 2026, and 13. November 2026 is 13. November 2026; with digits: 2026-10-13 is 13. Oktober 2026
parseDate now: Tue Oct 13 2026' ]
