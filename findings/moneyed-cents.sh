#!/usr/bin/env bash
# One would guess that the amount which a library shows is the one that it counts in cents. py-moneyed keeps any number of decimals, shows them
# rounded, and cuts them off in get_amount_in_sub_unit(), which is what one gives to a payment service. A quarter of a dollar with a
# tax of 19% is shown as $ 0.30 and charged as 29 cents, five of them are $ 1.49 and 148 cents, and 3.5 yen are 4 on the page and 3
# when they are charged. What helps: `round(2)` first, and `round(0)` for currencies without decimals.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-moneyed=2.0-1 python3-babel=2.10.3-1 python-babel-localedata=2.10.3-1 python3-tz=2022.7.1-4 \
  python3-typing-extensions=4.4.0-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
from decimal import Decimal
from moneyed import Money

tea = Money("0.25", "USD") * Decimal("1.19")
for amount in tea, tea * 5, Money("19.999", "USD"), Money("2.5", "JPY"), Money("3.5", "JPY"):
    code = amount.currency.code
    decimals = 0 if code == "JPY" else 2
    rounded = amount.round(decimals).get_amount_in_sub_unit()
    print(f"{amount.amount} {code}: shown as {amount}, {amount.get_amount_in_sub_unit()} in the smallest unit, {rounded} if rounded first")
PY
echo 'py-moneyed 2.0'
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = '0.2975 USD: shown as $ 0.30, 29 in the smallest unit, 30 if rounded first
1.4875 USD: shown as $ 1.49, 148 in the smallest unit, 149 if rounded first
19.999 USD: shown as $ 20.00, 1999 in the smallest unit, 2000 if rounded first
2.5 JPY: shown as ¥ 2, 2 in the smallest unit, 2 if rounded first
3.5 JPY: shown as ¥ 4, 3 in the smallest unit, 4 if rounded first' ]
