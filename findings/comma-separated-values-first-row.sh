#!/usr/bin/env bash
# One would guess that a CSV parser which makes numbers of numbers leaves the other fields as they are. comma-separated-values looks at the
# first row alone, and whatever stands below a number there has to be one. So where the first sale had the coupon 17, the coupon MAY of the
# second is NaN, and its missing amount is 0; with the sales in the other order, MAY is MAY, and 17 is a text. An export with the newest
# sale first changes the types of all rows each day. Papa Parse decides for each field. What helps: `cast: false`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund comma-separated-values@3.6.4 papaparse@5.7.1 > /dev/null

cat > try.cjs << 'JS'
const CSV = require('comma-separated-values')
const Papa = require('papaparse')
const show = (rows) => rows.map(({ amount, coupon }) => [amount, coupon].map((value) => (Number.isNaN(value) ? 'NaN' : JSON.stringify(value))).join(' ')).join(' | ')
for (const rows of [['5.25,17', ',MAY'], [',MAY', '5.25,17']]) {
  const text = ['amount,coupon', ...rows].join('\n')
  const peer = Papa.parse(text, { header: true, dynamicTyping: true }).data
  console.log(`${rows.join(' then ')}: ${show(CSV.parse(text, { header: true }))}; Papa Parse ${show(peer)}`)
}
console.log(`without cast: ${show(CSV.parse('amount,coupon\n5.25,17\n,MAY', { header: true, cast: false }))}`)
JS
node -p '["comma-separated-values", "papaparse"].map((name) => `${name} ${require(`${name}/package.json`).version}`).join(", ")'
node try.cjs | tee seen
[ "$(cat seen)" = '5.25,17 then ,MAY: 5.25 17 | 0 NaN; Papa Parse 5.25 17 | null "MAY"
,MAY then 5.25,17: 0 "MAY" | 5.25 "17"; Papa Parse null "MAY" | 5.25 17
without cast: "5.25" "17" | "" "MAY"' ]
