#!/usr/bin/env bash
# One would guess that an amount in a language is the same text from Python's Babel and from JavaScript's Intl, which have their rules from
# the same source, CLDR. Half a cent is rounded to the even one by Babel, and away from zero by Intl: a mail that Python sends says
# $0.12, and the page $0.13, or 1,234 yen and 1,235. It's only every second half, so tests with 0.135 agree. Babel's documentation
# has it in its section on decimal contexts, where it is also changed. What helps: rounding before formatting, by one rule, or
# `decimal.localcontext(rounding=ROUND_HALF_UP)`; in JavaScript, `roundingMode: 'halfEven'`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 > /dev/null
apt-get download -qq python3-babel=2.10.3-1 python-babel-localedata=2.10.3-1 python3-tz=2022.7.1-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > try.py << 'PY'
import decimal
from babel.numbers import format_currency
amounts = [('0.125', 'USD'), ('0.135', 'USD'), ('0.145', 'USD'), ('-0.125', 'USD'), ('1234.5', 'JPY'), ('1235.5', 'JPY')]
def show(name):
    print(name, *[format_currency(decimal.Decimal(amount), currency, locale='en_US') for amount, currency in amounts])
show('Babel:')
with decimal.localcontext() as context:
    context.rounding = decimal.ROUND_HALF_UP
    show('Babel, ROUND_HALF_UP:')
PY
cat > try.mjs << 'JS'
const amounts = [['0.125', 'USD'], ['0.135', 'USD'], ['0.145', 'USD'], ['-0.125', 'USD'], ['1234.5', 'JPY'], ['1235.5', 'JPY']]
for (const options of [{}, { roundingMode: 'halfEven' }]) {
  const texts = amounts.map(([amount, currency]) => new Intl.NumberFormat('en-US', { style: 'currency', currency, ...options }).format(amount))
  console.log(`Intl${options.roundingMode ? `, ${options.roundingMode}` : ''}: ${texts.join(' ')}`)
}
JS
echo 'Babel 2.10.3, Node 22.23.3'
{
  PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 try.py
  "$(npm root)/.bin/node" try.mjs
} | tee seen
# shellcheck disable=SC2016
[ "$(cat seen)" = 'Babel: $0.12 $0.14 $0.14 -$0.12 ¥1,234 ¥1,236
Babel, ROUND_HALF_UP: $0.13 $0.14 $0.15 -$0.13 ¥1,235 ¥1,236
Intl: $0.13 $0.14 $0.15 -$0.13 ¥1,235 ¥1,236
Intl, halfEven: $0.12 $0.14 $0.14 -$0.12 ¥1,234 ¥1,236' ]
