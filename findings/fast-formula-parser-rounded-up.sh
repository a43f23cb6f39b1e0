#!/usr/bin/env bash
# One would guess that a price which needs no rounding stays as it is when it is rounded up. In fast-formula-parser, ROUNDUP(5.2, 2) is
# 5.21, and nine of ten prices below ten dollars become a cent dearer: half a cent is added, and the sum, which is then in the middle
# between two cents, is rounded up. EDATE, with which one finds the day on which a subscription renews, goes from January 31 to March 3,
# where Excel and HyperFormula have February 28. What helps: CEILING in place of ROUNDUP, and EOMONTH for the last day of a month.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fast-formula-parser@1.0.19 hyperformula@3.5.0 > /dev/null

cat > try.cjs << 'JS'
const Parser = require('fast-formula-parser')
const { HyperFormula } = require('hyperformula')
const parser = new Parser()
const sheet = HyperFormula.buildEmpty({ licenseKey: 'gpl-v3' })
sheet.addSheet()
for (const formula of ['ROUNDUP(5.2, 2)', 'ROUNDUP(5.201, 2)', 'ROUNDUP(5.25, 2)', 'CEILING(5.2, 0.01)',
  'TEXT(EDATE(DATE(2026, 1, 31), 1), "YYYY-MM-DD")', 'TEXT(EOMONTH(DATE(2026, 1, 31), 1), "YYYY-MM-DD")']) {
  console.log(`${formula}: ${parser.parse(formula)}, HyperFormula ${sheet.calculateFormula(`=${formula}`, 0)}`)
}
let dearer = 0
for (let cents = 1; cents <= 1000; cents++) if (parser.parse(`ROUNDUP(${cents / 100}, 2)`) !== cents / 100) dearer++
console.log(`of 1,000 prices in whole cents, ${dearer} are dearer when rounded up to a cent`)
JS
echo "fast-formula-parser $(node -p 'require("fast-formula-parser/package.json").version'), HyperFormula 3.5.0"
node try.cjs | tee seen
[ "$(cat seen)" = 'ROUNDUP(5.2, 2): 5.21, HyperFormula 5.2
ROUNDUP(5.201, 2): 5.21, HyperFormula 5.21
ROUNDUP(5.25, 2): 5.26, HyperFormula 5.25
CEILING(5.2, 0.01): 5.2, HyperFormula 5.2
TEXT(EDATE(DATE(2026, 1, 31), 1), "YYYY-MM-DD"): 2026-03-03, HyperFormula 2026-02-28
TEXT(EOMONTH(DATE(2026, 1, 31), 1), "YYYY-MM-DD"): 2026-02-28, HyperFormula 2026-02-28
of 1,000 prices in whole cents, 890 are dearer when rounded up to a cent' ]
