#!/usr/bin/env bash
# One would guess that the text of a rule says what the rule does where rrule's isFullyConvertibleToText() says that it can. "The last working
# day of the month", a usual day for invoices, is "every month on weekdays" in words: in November, 21 days and not one. Minutes are always
# left out, so 9:30 is 9, and hours are with a day of the month. Each of these counts as fully convertible, and fromText() makes
# another rule of the text. What helps: to show the next dates, not the text, to whoever sets the rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rrule@2.8.1 > /dev/null

cat > try.cjs << 'JS'
const { RRule, rrulestr } = require('rrule')
const november = (rule) => {
  const dated = new RRule({ ...rule.origOptions, dtstart: new Date(Date.UTC(2026, 10, 1)) })
  return dated.between(new Date(Date.UTC(2026, 10, 1)), new Date(Date.UTC(2026, 10, 30, 23)), true).length
}
for (const text of [
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=DAILY;BYHOUR=9;BYMINUTE=30',
  'FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=8,20',
]) {
  const rule = rrulestr(text)
  const words = rule.toText()
  const read = RRule.fromText(words)
  console.log(`${text}: "${words}", fully ${rule.isFullyConvertibleToText()}, read again as ${read.toString().slice(6)}`)
  console.log(`  times in November: ${november(rule)}, of the text ${november(read)}`)
}
JS
echo "rrule $(node -p 'require("rrule/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1: "every month on weekdays", fully true, read again as FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR
  times in November: 1, of the text 21
FREQ=DAILY;BYHOUR=9;BYMINUTE=30: "every day at 9", fully true, read again as FREQ=DAILY;BYHOUR=9
  times in November: 30, of the text 30
FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=8,20: "every month on the 15th", fully true, read again as FREQ=MONTHLY;BYMONTHDAY=15
  times in November: 2, of the text 1' ]
