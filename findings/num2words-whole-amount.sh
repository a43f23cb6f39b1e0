#!/usr/bin/env bash
# One would guess that an amount in words is the amount. num2words takes a float, a Decimal and a text for dollars, but an int for
# cents. So 25.5 is twenty-five dollars and fifty cents, and 25 is twenty-five cents. JSON, YAML and SQLite give a price without
# decimals as an int, even if the column has others with them, so invoices over whole dollars say a hundredth in words, and the others
# are right. What helps: `Decimal(amount)` around each amount.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-num2words=0.5.10-2 python3-docopt=0.6.2-4.1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
import json
from decimal import Decimal
from num2words import num2words

for order in json.loads('[{"price": 25.5}, {"price": 25}, {"price": 25.0}, {"price": "25"}, {"price": 100}]'):
    price = order["price"]
    words, helped = (num2words(each, to="currency", currency="USD") for each in (price, Decimal(price)))
    print(f"{price!r}: {words}; Decimal: {helped}")
PY
echo "num2words $(dpkg-deb -f python3-num2words_*.deb Version)"
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = '25.5: twenty-five dollars, fifty cents; Decimal: twenty-five dollars, fifty cents
25: zero dollars, twenty-five cents; Decimal: twenty-five dollars, zero cents
25.0: twenty-five dollars, zero cents; Decimal: twenty-five dollars, zero cents
'\''25'\'': twenty-five dollars, zero cents; Decimal: twenty-five dollars, zero cents
100: one dollar, zero cents; Decimal: one hundred dollars, zero cents' ]
