#!/usr/bin/env bash
# One would guess that a query whose result goes into a CSV file gives the numbers as they are. bean-query rounds a column of numbers to as many
# decimals as most of them have. Where tickets are counted beside dollars, that is none: a quarter of a dollar is 0, half a dollar is 0, and a
# refund is -0, in the file as on the screen. The same query for dollars alone gives 0.25. Texts are padded with spaces to the longest of
# them, so a program that looks for a name in the file doesn't find it. What helps: `position`, which rounds by currency, in place of
# `number`, and to trim the texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq beancount=2.3.5-2 python3-beancount=2.3.5-2+b1 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

{
  printf '2026-01-01 open Assets:Shop\n2026-01-01 open Income:Sales\n'
  for sale in 'Ada 0.25 USD' 'Bob 0.50 USD' 'Cy -0.25 USD' 'Charles 1 TICKET' 'Charles 2 TICKET' 'Charles 3 TICKET' 'Charles 4 TICKET'; do
    printf '2026-11-01 * "%s" "Sale"\n  Assets:Shop  %s\n  Income:Sales\n' "${sale%% *}" "${sale#* }"
  done
} > sales.beancount
query() { # its result as CSV, on one line
  /usr/bin/python3 usr/bin/bean-query --format csv sales.beancount "SELECT payee, $1, currency WHERE account ~ 'Shop' AND $2" | tail -n +2 | tr -d '\r' | paste -sd '|'
}
seen="all: $(query number 'number < 9')
dollars: $(query number "currency = 'USD'")
all, position: $(query position 'number < 9')"
/usr/bin/python3 usr/bin/bean-check --version
echo "$seen"
[ "$seen" = 'all: Ada    , 0,USD   |Bob    , 0,USD   |Cy     ,-0,USD   |Charles, 1,TICKET|Charles, 2,TICKET|Charles, 3,TICKET|Charles, 4,TICKET
dollars: Ada, 0.25,USD|Bob, 0.50,USD|Cy ,-0.25,USD
all, position: Ada    , 0.25 USD   ,USD   |Bob    , 0.50 USD   ,USD   |Cy     ,-0.25 USD   ,USD   |Charles, 1    TICKET,TICKET|Charles, 2    TICKET,TICKET|Charles, 3    TICKET,TICKET|Charles, 4    TICKET,TICKET' ]
