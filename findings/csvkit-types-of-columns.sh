#!/usr/bin/env bash
# One would guess that a tool for CSV keeps texts as texts, and makes numbers of numbers. csvkit gives a column the first type that all of
# its cells could have, booleans before numbers, and text last. Refunds of 0 and 1 are false and true. Products called `may` and `friday`
# are days of the year 1, `5 min` and `1 h` are times, the coupon NONE is no coupon, and `1,5` is 15, not one and a half, without a
# `--locale`. It depends on the rows that happen to be there: with one more product, a column is text again. What helps:
# `--no-inference`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq csvkit=1.0.7-1 python3-csvkit=1.0.7-1 python3-agate=1.6.3-2 python3-babel=2.10.3-1 python-babel-localedata=2.10.3-1 \
  python3-isodate=0.6.1-1 python3-parsedatetime=2.6-3 python3-pytimeparse=1.1.5-3 python3-leather=0.3.4-2 python3-slugify=4.0.0-2 \
  python3-text-unidecode=1.3-1 python3-tz=2022.7.1-4 python3-future=0.18.2-6 python3-six=1.16.0-4 python3-xlrd=1.2.0-3 \
  python3-openpyxl=3.0.9-1 python3-dbfread=2.0.7-5 python3-agateexcel=0.2.5-2 python3-agatedbf=0.2.2-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

printf 'product,length,coupon,refunded,tip\nmay,5 min,NONE,0,"1,5"\nfriday,1 h,NONE,1,"2,5"\n' > two.csv
{ cat two.csv; echo 'article,long,ADA,2,3'; } > three.csv
csvjson() { /usr/bin/python3 usr/bin/csvjson "$@" | grep -oE '\{[^}]*\}' | head -n 1; }
seen="$(csvjson two.csv)
one row more: $(csvjson three.csv)
not inferred: $(csvjson --no-inference two.csv)"
/usr/bin/python3 usr/bin/csvjson --version
echo "$seen"
[ "$seen" = '{"product": "0001-05-01", "length": "0:05:00", "coupon": null, "refunded": false, "tip": 15.0}
one row more: {"product": "may", "length": "5 min", "coupon": null, "refunded": 0.0, "tip": 15.0}
not inferred: {"product": "may", "length": "5 min", "coupon": null, "refunded": "0", "tip": "1,5"}' ]
