#!/usr/bin/env bash
# One would guess that a day whose year has two digits, read with a format for four, is an error, or a day of this century. Banks and
# spreadsheets mix both. date-fns and d3 take 01.11.26 with a format of four digits for a day of the year 26, two thousand years ago;
# Luxon and Day.js say that it is invalid. The other way around, Day.js reads the first two of the four digits, so November 1, 2026 is
# one of 2020, as is that of each year of this century; Luxon reads all four, and date-fns and d3 refuse. What helps: to choose the
# format by the length of the text, and Day.js's strict mode.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund date-fns@4.4.0 d3-time-format@4.1.1 luxon@3.7.2 dayjs@1.11.23 > /dev/null

cat > try.mjs << 'JS'
import { utcParse } from 'd3-time-format'
import { isValid, parse } from 'date-fns'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import { DateTime } from 'luxon'
dayjs.extend(customParseFormat)
const now = new Date(2026, 10, 15)
const year = (date) => (date && isValid(date) ? date.getFullYear() : 'invalid')
for (const [text, yyyy, YYYY, percent] of [['01.11.26', 'yyyy', 'YYYY', '%Y'], ['01.11.2026', 'yy', 'YY', '%y']]) {
  console.log(`${text} with a year of ${yyyy.length}: ${[
    `date-fns ${year(parse(text, `dd.MM.${yyyy}`, now))}`,
    `d3 ${year(utcParse(`%d.%m.${percent}`)(text))}`,
    `Luxon ${year(DateTime.fromFormat(text, `dd.MM.${yyyy}`).toJSDate())}`,
    `Day.js ${year(dayjs(text, `DD.MM.${YYYY}`).toDate())}`,
    `Day.js, strict ${year(dayjs(text, `DD.MM.${YYYY}`, true).toDate())}`,
  ].join(', ')}`)
}
JS
for name in date-fns d3-time-format luxon dayjs; do echo "$name $(node -p "require('./node_modules/$name/package.json').version")"; done
node try.mjs | tee seen
[ "$(cat seen)" = '01.11.26 with a year of 4: date-fns 26, d3 26, Luxon invalid, Day.js invalid, Day.js, strict invalid
01.11.2026 with a year of 2: date-fns invalid, d3 invalid, Luxon 2026, Day.js 2020, Day.js, strict invalid' ]
