#!/usr/bin/env bash
# One would guess that a function which makes rules of English text refuses what it doesn't understand, as rrule's fromText does with "every
# second month". It stops at the first word that doesn't fit, and returns the rule that it has so far. "Every year on December 31" is every
# December, on whatever day the first date has. "On the 4th of July" is the fourth of each month. 5pm is five in the morning, and 9:30
# is 9. A report for the end of the year comes on the first of December. What helps: compare the text with toText() of the rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rrule@2.8.1 > /dev/null

cat > try.cjs << 'JS'
const { RRule } = require('rrule')
const dtstart = new Date(Date.UTC(2027, 0, 1))
for (const text of ['every year on december 31', 'every year on the 4th of july', 'every day at 5pm', 'every day at 9:30', 'every second month']) {
  try {
    const rule = RRule.fromText(text)
    const dates = new RRule({ ...rule.origOptions, dtstart, count: 2 }).all().map((date) => date.toISOString().slice(0, 16))
    console.log(`${text}: ${rule.toString().slice(6)}, so ${dates.join(', ')}`)
  } catch (error) {
    console.log(`${text}: throws ${error.message}`)
  }
}
JS
echo "rrule $(node -p 'require("rrule/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'every year on december 31: FREQ=YEARLY;BYMONTH=12, so 2027-12-01T00:00, 2028-12-01T00:00
every year on the 4th of july: FREQ=YEARLY;BYMONTHDAY=4, so 2027-01-04T00:00, 2027-02-04T00:00
every day at 5pm: FREQ=DAILY;BYHOUR=5, so 2027-01-01T05:00, 2027-01-02T05:00
every day at 9:30: FREQ=DAILY;BYHOUR=9, so 2027-01-01T09:00, 2027-01-02T09:00
every second month: throws Unknown symbol' ]
