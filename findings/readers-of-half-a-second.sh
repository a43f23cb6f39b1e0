#!/usr/bin/env bash
# One would guess that 12:00:00.5 is half a second after twelve. Many programs leave out zeros at the end of a fraction:
# PostgreSQL, for example, writes the half so, and a quarter as 12:00:00.25. For Luxon’s `S`, these digits are a number of
# milliseconds, and for `%L` and `%f` of d3-time-format one of milli- and microseconds: the half is 5 ms and the quarter 25
# ms, so what came last comes first. Texts with all three or six digits are right, as they are in most tests. date-fns,
# moment and Python read a fraction. And 50 milliseconds written with Luxon’s `S` are 00.50. What helps: `u` or `fromSQL` of
# Luxon, `SSS` to write, and zeros at the end for d3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts d3-time-format@4.1.1 date-fns@4.4.0 luxon@3.7.2 moment@2.31.0 > /dev/null

cat > try.mjs << 'JS'
import { utcParse } from 'd3-time-format'
import { parse } from 'date-fns'
import { DateTime } from 'luxon'
import moment from 'moment'
const readers = {
  'Luxon S': (text) => DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm:ss.S'),
  'd3 %L': utcParse('%Y-%m-%d %H:%M:%S.%L'),
  'd3 %f': utcParse('%Y-%m-%d %H:%M:%S.%f'),
  'Luxon u': (text) => DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm:ss.u'),
  'Luxon fromSQL': (text) => DateTime.fromSQL(text),
  'date-fns S, SS': (text) => parse(text, `yyyy-MM-dd HH:mm:ss.${'S'.repeat(text.length - 20)}`, 0),
  'moment S, SS': (text) => moment(text, `YYYY-MM-DD HH:mm:ss.${'S'.repeat(text.length - 20)}`),
}
for (const [name, read] of Object.entries(readers)) {
  const times = ['2026-11-13 12:00:00.25', '2026-11-13 12:00:00.5'].map((text) => `.${text.split('.')[1]} is ${+read(text) % 1000} ms`)
  console.log(`${name}: ${times.join(', ')}`)
}
console.log(`Luxon writes 50 ms as ${DateTime.fromMillis(50).toFormat('ss.S')}`)
JS
echo 'Luxon 3.7.2, d3-time-format 4.1.1, date-fns 4.4.0, moment 2.31.0'
TZ=UTC node try.mjs | tee seen
/usr/bin/python3 -c 'from datetime import datetime; print("Python %f:", *(datetime.strptime(t, "%S.%f").microsecond // 1000 for t in ("00.25", "00.5")), "ms")' | tee -a seen
[ "$(cat seen)" = 'Luxon S: .25 is 25 ms, .5 is 5 ms
d3 %L: .25 is 25 ms, .5 is 5 ms
d3 %f: .25 is 0 ms, .5 is 0 ms
Luxon u: .25 is 250 ms, .5 is 500 ms
Luxon fromSQL: .25 is 250 ms, .5 is 500 ms
date-fns S, SS: .25 is 250 ms, .5 is 500 ms
moment S, SS: .25 is 250 ms, .5 is 500 ms
Luxon writes 50 ms as 00.50
Python %f: 250 500 ms' ]
