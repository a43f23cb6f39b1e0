#!/usr/bin/env bash
# One would guess that what json-2-csv has written, json-2-csv reads as it was: its README promises to "re-generate the JSON documents". It
# writes texts as they are, and takes whatever could be JSON for JSON when it reads. The coupon 1E5 is 100000, an account of twenty
# digits ends in zeros, a note that says null is none, [1,2] is a list, and a blank in front of 17 is gone. 007 stays a text, as it isn't
# JSON, so a test with that passes. A Date is written in English and in the zone of the process, and stays a text. What helps:
# `csv2json(csv, { parseValue: (text) => text })`, and to convert the columns by name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund json-2-csv@5.6.0 > /dev/null

cat > try.cjs << 'JS'
const { csv2json, json2csv } = require('json-2-csv')
const order = { coupon: '1E5', code: '007', account: '12345678901234567890', note: 'null', title: '[1,2]', reference: ' 17', paid: new Date(0) }
const [again] = csv2json(json2csv([order]))
const [texts] = csv2json(json2csv([order]), { parseValue: (text) => text })
for (const key of Object.keys(order)) console.log(`${key} ${JSON.stringify(order[key])}: ${JSON.stringify(again[key])}, as a text ${JSON.stringify(texts[key])}`)
JS
echo "json-2-csv $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/json-2-csv/package.json")).version')"
TZ=America/New_York node try.cjs | tee seen
[ "$(cat seen)" = 'coupon "1E5": 100000, as a text "1E5"
code "007": "007", as a text "007"
account "12345678901234567890": 12345678901234567000, as a text "12345678901234567890"
note "null": null, as a text "null"
title "[1,2]": [1,2], as a text "[1,2]"
reference " 17": 17, as a text " 17"
paid "1970-01-01T00:00:00.000Z": "Wed Dec 31 1969 19:00:00 GMT-0500 (Eastern Standard Time)", as a text "Wed Dec 31 1969 19:00:00 GMT-0500 (Eastern Standard Time)"' ]
