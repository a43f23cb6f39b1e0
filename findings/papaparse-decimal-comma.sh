#!/usr/bin/env bash
# One would guess that Papa Parse, which finds out by itself what separates the columns, finds the semicolon in a European file, whose
# amounts have a decimal comma. It takes the separator that gives every line the same number of columns, and tries the comma first. If
# every line has one amount, and there is no line of titles, or one with a comma in it, that is the comma: "Tea;1" and "25". The same
# goes for files with tabs. No error is reported, and with a line of titles or a third column it's right again, so the tests pass.
# Python's csv.Sniffer makes the same choice, even with three columns. What helps: to name the separator.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund papaparse@5.7.1 > /dev/null

cat > files.json << 'JSON'
{
  "no titles": "Tea;1,25\nCake;2,50\n",
  "with tabs": "Tea\t1,25\nCake\t2,50\n",
  "titles with a comma": "Article, size;Price\nTea;1,25\nCake;2,50\n",
  "titles": "Article;Price\nTea;1,25\nCake;2,50\n",
  "three columns": "1;Tea;1,25\n2;Cake;2,50\n"
}
JSON
cat > read.cjs << 'JS'
const { parse } = require('papaparse')
for (const [name, text] of Object.entries(require('./files.json'))) {
  const { data, errors, meta } = parse(text, { skipEmptyLines: true })
  console.log(`papaparse, ${name}: ${JSON.stringify(meta.delimiter)} ${JSON.stringify(data.at(-1))}, ${errors.length} errors`)
}
console.log(`named: ${JSON.stringify(parse('Tea;1,25', { delimiter: ';' }).data[0])}`)
JS
cat > read.py << 'PY'
import csv, json

for name, text in json.load(open("files.json")).items():
    print(f"Sniffer, {name}: {csv.Sniffer().sniff(text).delimiter!r}")
PY
echo "papaparse $(node -p "require('papaparse/package.json').version"), $(/usr/bin/python3 --version)"
{
  node read.cjs
  /usr/bin/python3 read.py
} | tee seen
[ "$(cat seen)" = 'papaparse, no titles: "," ["Cake;2","50"], 0 errors
papaparse, with tabs: "," ["Cake\t2","50"], 0 errors
papaparse, titles with a comma: "," ["Cake;2","50"], 0 errors
papaparse, titles: ";" ["Cake","2,50"], 0 errors
papaparse, three columns: ";" ["2","Cake","2,50"], 0 errors
named: ["Tea","1,25"]
Sniffer, no titles: '"','
Sniffer, with tabs: ','
Sniffer, titles with a comma: ','
Sniffer, titles: ';'
Sniffer, three columns: ','" ]
