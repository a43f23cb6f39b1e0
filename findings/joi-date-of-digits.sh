#!/usr/bin/env bash
# One would guess that a text of digits in a field for a date is a year, a day like 20261101, or refused. joi takes it for a number of
# milliseconds since 1970, and gives a date that is valid: the year 2026 is two seconds past midnight of 1 January 1970, a time in
# seconds is a day of January, and an amount that got into the wrong column, 5.25, is a date too. yup reads 2026 and 20261101 as
# days, and takes 5.25 for 25 May 2001. With `.iso()`, joi reads a year, and the rest is an error. What helps: `.iso()`, or a
# `.min()` without which no field of a date should be.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund joi@18.3.2 yup@1.7.1 > /dev/null

cat > try.mjs << 'JS'
import Joi from 'joi'
import * as yup from 'yup'
const readers = {
  joi: (text) => Joi.attempt(text, Joi.date()),
  'joi, iso': (text) => Joi.attempt(text, Joi.date().iso()),
  yup: (text) => yup.date().validateSync(text),
}
for (const text of ['2026-11-01', '2026', '20261101', '1793491200', '5.25']) {
  const dates = Object.entries(readers).map(([name, read]) => {
    try {
      return `${name}: ${read(text).toISOString().slice(0, 19)}`
    } catch {
      return `${name}: rejected`
    }
  })
  console.log(`${text} → ${dates.join(', ')}`)
}
JS
echo 'joi 18.3.2, yup 1.7.1'
TZ=UTC node try.mjs | tee seen
[ "$(cat seen)" = '2026-11-01 → joi: 2026-11-01T00:00:00, joi, iso: 2026-11-01T00:00:00, yup: 2026-11-01T00:00:00
2026 → joi: 1970-01-01T00:00:02, joi, iso: 2026-01-01T00:00:00, yup: 2026-01-01T00:00:00
20261101 → joi: 1970-01-01T05:37:41, joi, iso: rejected, yup: 2026-11-01T00:00:00
1793491200 → joi: 1970-01-21T18:11:31, joi, iso: rejected, yup: 1797-01-01T12:00:00
5.25 → joi: 1970-01-01T00:00:00, joi, iso: rejected, yup: 2001-05-25T00:00:00' ]
