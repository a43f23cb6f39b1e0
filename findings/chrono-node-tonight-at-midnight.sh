#!/usr/bin/env bash
# One would guess that a sale which ends "tonight at midnight" ends in the coming night. chrono makes noon of it: it adds
# the twelve hours of an evening to hour zero. "Until midnight" is the coming one, but "Friday at midnight" is the one
# before Friday, so that a sale until then has no Friday, and "tonight at 1am" is last night. "From 9 to 5" ends at five on
# the next morning, and so does "9am-5"; "11-1pm" begins at 23:00. In "first Monday of December" and "last Friday of
# November" it finds two days each, neither of which is the one that is meant. What helps: to show people what was
# understood, and a.m. and p.m. for both ends.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3 > /dev/null

cat > try.mjs << 'JS'
import * as chrono from 'chrono-node'
const now = new Date(Date.UTC(2026, 10, 11, 10)) // a Wednesday
const show = (date) => date.toISOString().slice(0, 16).replace('T', ' ')
for (const text of ['tonight at midnight', 'until midnight', 'Friday at midnight', 'tonight at 1am', 'from 9 to 5', '9am-5', '11-1pm', '9am to 5pm', 'first Monday of December', 'last Friday of November']) {
  const found = chrono.parse(text, now).map(({ start, end }) => show(start.date()) + (end ? ` to ${show(end.date())}` : ''))
  console.log(`${text}: ${found.join('; ')}`)
}
JS
echo "chrono-node $(node -p 'JSON.parse(fs.readFileSync("node_modules/chrono-node/package.json")).version')"
TZ=UTC node try.mjs | tee seen
[ "$(cat seen)" = 'tonight at midnight: 2026-11-11 12:00
until midnight: 2026-11-12 00:00
Friday at midnight: 2026-11-13 00:00
tonight at 1am: 2026-11-11 01:00
from 9 to 5: 2026-11-11 09:00 to 2026-11-12 05:00
9am-5: 2026-11-11 09:00 to 2026-11-12 05:00
11-1pm: 2026-11-11 23:00 to 2026-11-12 13:00
9am to 5pm: 2026-11-11 09:00 to 2026-11-11 17:00
first Monday of December: 2026-11-09 12:00; 2026-12-01 12:00
last Friday of November: 2026-11-06 12:00; 2026-11-01 12:00' ]
