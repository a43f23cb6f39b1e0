#!/usr/bin/env bash
# One would guess that a day with two digits, a month with two digits and a year make a date. In spacetime, `{date-pad}`
# of November 13 is 13, and `{month-pad}` is 10: it counts months from zero, as JavaScript’s `getMonth()` does, and days
# from one. An invoice of November is one of October, January is the month 00, and the library itself reads December 1 as
# November 1 from what it has written. The README lists `month-pad` with '03' and `iso-month` with '04', both for April,
# has `{year}-{date-pad}-{month-pad}` as an example, and says far below that months are counted from zero. `{month}` is
# the name. What helps: `{iso-month}`, or its other kind of format, `unixFmt('dd.MM.yyyy')`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts spacetime@7.15.0 > /dev/null

cat > try.mjs << 'JS'
import spacetime from 'spacetime'
for (const day of ['2026-01-05', '2026-11-13', '2026-12-01']) {
  const date = spacetime(day, 'UTC')
  const written = date.format('{date-pad}.{month-pad}.{year}')
  const read = spacetime(date.format('{year}-{month-pad}-{date-pad}'), 'UTC')
  console.log(`${day}: month-pad ${written}, read again ${read.isValid() ? read.format('iso-short') : 'invalid'}; iso-month ${date.format('{date-pad}.{iso-month}.{year}')}, unixFmt ${date.unixFmt('dd.MM.yyyy')}`)
}
JS
echo "spacetime $(node -p 'JSON.parse(fs.readFileSync("node_modules/spacetime/package.json")).version')"
TZ=UTC node try.mjs | tee seen
[ "$(cat seen)" = '2026-01-05: month-pad 05.00.2026, read again invalid; iso-month 05.01.2026, unixFmt 05.01.2026
2026-11-13: month-pad 13.10.2026, read again 2026-10-13; iso-month 13.11.2026, unixFmt 13.11.2026
2026-12-01: month-pad 01.11.2026, read again 2026-11-01; iso-month 01.12.2026, unixFmt 01.12.2026' ]
