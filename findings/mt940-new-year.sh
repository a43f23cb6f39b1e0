#!/usr/bin/env bash
# One would guess that a payment is booked within days of its value date. A line of an MT940 statement has both: the first date has a year,
# the second has month and day alone, since its year is the one in which the two are close. mt940js, mt940-js and @centrapay/swift-parser
# take the year of the first for both. So a payment with the value of December 31, 2026, booked on January 1, is booked a year
# early, and one that was booked before its value a year late. Every New Year, a few payments are in the wrong books, and a test
# in summer passes. What helps: a year more or less where the two are half a year apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# mt940-js needs tslib, and doesn't say so
npm install --silent --no-audit --no-fund mt940js@1.3.5 mt940-js@1.0.0 tslib@2.8.1 @centrapay/swift-parser@1.0.1 > /dev/null

cat > try.cjs << 'JS'
const peer = require('@centrapay/swift-parser')
const mt940 = require('mt940-js')
const { Parser } = require('mt940js')
const day = (date) => new Date(date).toISOString().slice(0, 10)
const head = [':20:STATEMENT', ':25:10020030/1234567', ':28C:00001/001', ':60F:C261230EUR100,00']
async function run() {
  for (const [value, booked] of [['261231', '1231'], ['261231', '0101'], ['270101', '1231']]) {
    const data = [...head, `:61:${value}${booked}C0,25NTRFNONREF`, ':86:Ada, article 17', ':62F:C270102EUR100,25', ''].join('\r\n')
    const [sale] = new Parser().parse(data)[0].transactions
    const [other] = (await mt940.read(Buffer.from(data)))[0].transactions
    const [third] = peer.parse({ type: 'mt940', data })[0].transactions
    console.log(`value ${day(sale.date)}, booked on ${booked}: ${[sale, other, third].map(({ entryDate }) => day(entryDate)).join(', ')}`)
  }
}
run()
JS
echo "mt940js $(node -p 'require("mt940js/package.json").version'), mt940-js 1.0.0, @centrapay/swift-parser 1.0.1"
TZ=UTC node try.cjs | tee seen
[ "$(cat seen)" = 'value 2026-12-31, booked on 1231: 2026-12-31, 2026-12-31, 2026-12-31
value 2026-12-31, booked on 0101: 2026-01-01, 2026-01-01, 2026-01-01
value 2027-01-01, booked on 1231: 2027-12-31, 2027-12-31, 2027-12-31' ]
