#!/usr/bin/env bash
# One would guess that a library which can't add a quarter says so. Day.js needs a plugin for quarters, as its documentation tells,
# and without it adds a millisecond for each: what it doesn't know counts as milliseconds, also a fortnight or an isoWeek. The start
# of the quarter is the date itself, so a report since then is empty, and no two days are in the same quarter. `diff` counts quarters
# without the plugin, so it isn't noticed that it is missing. `dayjs.extend` works for the whole process: in one program it is right,
# as some other module has loaded the plugin, and in another one it is wrong. Luxon reports a unit that it doesn't know. What helps:
# the plugin, in the same file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 > /dev/null

cat > try.cjs << 'JS'
const dayjs = require('dayjs')
const { DateTime } = require('luxon')
const day = '2026-11-15'
const show = (what) => {
  const texts = ['add', 'subtract', 'startOf'].map((name) => {
    const date = name === 'startOf' ? dayjs(day).startOf('quarter') : dayjs(day)[name](1, 'quarter')
    return `${name} ${date.format('YYYY-MM-DDTHH:mm:ss.SSS')}`
  })
  console.log(`${what}: ${texts.join(', ')}`)
  console.log(`  same quarter ${dayjs(day).isSame('2026-10-15', 'quarter')}, diff ${dayjs(day).diff('2026-01-15', 'quarter')}`)
}
show('without the plugin')
console.log(`a fortnight: ${dayjs(day).add(1, 'fortnight').format('YYYY-MM-DDTHH:mm:ss.SSS')}`)
try {
  DateTime.fromISO(day).plus({ fortnights: 1 })
} catch ({ message }) {
  console.log(`a fortnight, Luxon: ${message}`)
}
dayjs.extend(require('dayjs/plugin/quarterOfYear'))
show('with it')
JS
for name in dayjs luxon; do echo "$name $(node -p "require('$name/package.json').version")"; done
node try.cjs | tee seen
[ "$(cat seen)" = 'without the plugin: add 2026-11-15T00:00:00.001, subtract 2026-11-14T23:59:59.999, startOf 2026-11-15T00:00:00.000
  same quarter false, diff 3
a fortnight: 2026-11-15T00:00:00.001
a fortnight, Luxon: Invalid unit fortnights
with it: add 2027-02-15T00:00:00.000, subtract 2026-08-15T00:00:00.000, startOf 2026-10-01T00:00:00.000
  same quarter true, diff 3' ]
