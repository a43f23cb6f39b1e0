#!/usr/bin/env bash
# One would guess that `strflocaltime` shows a time as the clock on the wall, summer or winter. jq 1.6, which Debian 12 has, forgets
# in summer that it is summer: 21:30 UTC is half past eleven in Berlin on the evening of June 30, and jq says half past midnight on
# July 1. So from March to October each evening's last hour belongs to the next day, and a sale of that hour to the wrong month.
# `localtime | mktime`, there and back, is off by four hours, and a time with an offset (`%z`) is read without it, and an hour late.
# In winter, and in zones without summer time, all looks right. gojq reads and shows the first and the last as one would expect.
# What helps: gojq, or to stay in UTC (`todate`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq jq=1.6-2.1+deb12u3 libjq1=1.6-2.1+deb12u3 libonig5=6.9.8-1 gojq=0.12.11-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu TZ=Europe/Berlin

cat > asked << 'JQ'
"2026-01-31T21:30:00Z" | fromdate | strflocaltime("%B %d %H:%M")
"2026-06-30T21:30:00Z" | fromdate | strflocaltime("%B %d %H:%M")
"2026-06-30T21:30:00Z" | fromdate | localtime | mktime | todate
"2026-06-30T23:30:00+0200" | strptime("%Y-%m-%dT%H:%M:%S%z") | mktime | todate
JQ
usr/bin/jq --version
usr/bin/gojq --version
date -d 2026-06-30T21:30:00Z '+date: %B %d %H:%M'
while read -r program; do
  echo "$program: jq $(usr/bin/jq -nr "$program"), gojq $(usr/bin/gojq -nr "$program")"
done < asked | tee seen
[ "$(cat seen)" = '"2026-01-31T21:30:00Z" | fromdate | strflocaltime("%B %d %H:%M"): jq January 31 22:30, gojq January 31 22:30
"2026-06-30T21:30:00Z" | fromdate | strflocaltime("%B %d %H:%M"): jq July 01 00:30, gojq June 30 23:30
"2026-06-30T21:30:00Z" | fromdate | localtime | mktime | todate: jq 2026-07-01T01:30:00Z, gojq 2026-06-30T23:30:00Z
"2026-06-30T23:30:00+0200" | strptime("%Y-%m-%dT%H:%M:%S%z") | mktime | todate: jq 2026-07-01T00:30:00Z, gojq 2026-06-30T21:30:00Z' ]
