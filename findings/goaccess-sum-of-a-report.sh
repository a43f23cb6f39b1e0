#!/usr/bin/env bash
# One would guess that a report of GoAccess as JSON or CSV, which is made to be read by programs, has all pages of the log.
# Each panel has 366 rows at most, as many as there are days in a year: of a shop with 400 products, 34 were never looked at,
# and who adds the rows up finds fewer views than there were. A panel's own total is right, so nothing looks odd. Dates fit,
# for a year. The manual has the number where it has the option, and the report has no word of it. What helps: `--max-items`
# with more than one has, or the total of the panel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq goaccess=1:1.7-1 libmaxminddb0=1.7.1-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu HOME=$folder TZ=UTC LC_ALL=C

for product in $(seq 400); do
  echo "127.0.0.1 - - [01/Nov/2026:10:00:00 +0000] \"GET /products/$product HTTP/1.1\" 200 100"
done > access.log
# report FORMAT OPTION…: the file with the report
report() {
  usr/bin/goaccess access.log --no-global-config --log-format=COMMON -o "report.$1" "${@:2}" > /dev/null 2>&1
  echo "report.$1"
}
count='const { data, metadata } = JSON.parse(fs.readFileSync(0)).requests;
`${data.length} pages with ${data.reduce((sum, { hits }) => sum + hits.count, 0)} views, total ${metadata.hits.total.value}`'
usr/bin/goaccess --version | head -n 1
{
  echo "JSON: $(node -p "$count" < "$(report json)")"
  echo "CSV: $(grep -c /products/ "$(report csv)") pages"
  echo "JSON, --max-items=1000: $(node -p "$count" < "$(report json --max-items=1000)")"
  echo "CSV, --max-items=1000: $(grep -c /products/ "$(report csv --max-items=1000)") pages"
} | tee seen
[ "$(cat seen)" = 'JSON: 366 pages with 366 views, total 400
CSV: 366 pages
JSON, --max-items=1000: 400 pages with 400 views, total 400
CSV, --max-items=1000: 400 pages' ]
