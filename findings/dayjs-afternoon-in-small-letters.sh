#!/usr/bin/env bash
# One would guess that a reader of times takes PM and pm alike, or refuses the one that its format doesn't name. Day.js compares with
# the letters of the format: `A` is PM, `a` is pm, and what isn't equal to it is morning. So 2:30 pm with the format h:mm A is half
# past two at night, without an error, and a sale of the afternoon is twelve hours early. Whether the hour is right depends on who has
# written the export. date-fns and Luxon take both. The strict mode finds it, as it compares with what the format would write. What
# helps: the strict mode, or `text.toUpperCase()` and `A`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dayjs@1.11.23 date-fns@4.4.0 luxon@3.7.2 > /dev/null

cat > try.mjs << 'JS'
import { format, parse } from 'date-fns'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import { DateTime } from 'luxon'
dayjs.extend(customParseFormat)
for (const text of ['2026-11-01 2:30 PM', '2026-11-01 2:30 pm', '2026-11-01 12:10 am']) {
  const read = ['A', 'a'].map((letter) => {
    const [lax, strict] = [false, true].map((mode) => dayjs(text, `YYYY-MM-DD h:mm ${letter}`, mode).format('HH:mm'))
    return `Day.js with ${letter} ${lax}, strict ${strict}`
  })
  const fns = format(parse(text, 'yyyy-MM-dd h:mm a', 0), 'HH:mm')
  const luxon = DateTime.fromFormat(text, 'yyyy-MM-dd h:mm a').toFormat('HH:mm')
  console.log(`${text.slice(11)}: ${read.join(', ')}, date-fns ${fns}, Luxon ${luxon}`)
}
JS
for name in dayjs date-fns luxon; do echo "$name $(node -p "require('./node_modules/$name/package.json').version")"; done
node try.mjs | tee seen
[ "$(cat seen)" = '2:30 PM: Day.js with A 14:30, strict 14:30, Day.js with a 02:30, strict Invalid Date, date-fns 14:30, Luxon 14:30
2:30 pm: Day.js with A 02:30, strict Invalid Date, Day.js with a 14:30, strict 14:30, date-fns 14:30, Luxon 14:30
12:10 am: Day.js with A 00:10, strict Invalid Date, Day.js with a 00:10, strict 00:10, date-fns 00:10, Luxon 00:10' ]
