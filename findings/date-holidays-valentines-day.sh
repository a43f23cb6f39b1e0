#!/usr/bin/env bash
# One would guess that isHoliday() of date-holidays is true when shops and offices are closed. It holds for each day that has a
# name: Valentine's Day, Mother's Day, the first Sunday of Advent and the day after Thanksgiving are holidays, of the type
# `observance`. So a shop that is closed on holidays is closed on these, and the next working day of a bank is a day late. In
# Berlin, Christmas Eve is the other way round: a holiday of banks from 2 in the afternoon, and none at nine, or for a date
# without a time. Code that makes true or false of the answer sees none of this. What helps: `types: ['public']`, and `bank` in
# addition where payments are meant, with getHolidays() for whole days.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts date-holidays@3.37.0 > /dev/null

cat > try.cjs << 'JS'
const Holidays = require('date-holidays')
const says = (holidays, time) => {
  const found = holidays.isHoliday(time)
  return found ? found.map(({ type }) => type).join() : 'no'
}
for (const [place, ...times] of [
  [['US', 'ny'], '2026-02-14 09:00:00', '2026-05-10 09:00:00', '2026-11-27 09:00:00', '2026-12-25 09:00:00'],
  [['DE', 'be'], '2026-02-14 09:00:00', '2026-11-29 09:00:00', '2026-12-24 09:00:00', '2026-12-24 15:00:00', '2026-12-25 09:00:00'],
]) {
  const all = new Holidays(...place)
  const free = new Holidays(...place, { types: ['public'] })
  for (const time of times) console.log(`${place.join('-')}, ${time.slice(0, 16)}: ${says(all, time)}; public only: ${says(free, time)}`)
}
JS
echo "date-holidays $(node -p "JSON.parse(fs.readFileSync('node_modules/date-holidays/package.json')).version")"
TZ=UTC node try.cjs | tee seen
[ "$(cat seen)" = 'US-ny, 2026-02-14 09:00: observance; public only: no
US-ny, 2026-05-10 09:00: observance; public only: no
US-ny, 2026-11-27 09:00: observance; public only: no
US-ny, 2026-12-25 09:00: public; public only: public
DE-be, 2026-02-14 09:00: observance; public only: no
DE-be, 2026-11-29 09:00: observance; public only: no
DE-be, 2026-12-24 09:00: no; public only: no
DE-be, 2026-12-24 15:00: bank; public only: no
DE-be, 2026-12-25 09:00: public; public only: public' ]
