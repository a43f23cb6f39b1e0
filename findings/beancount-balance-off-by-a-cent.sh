#!/usr/bin/env bash
# One would guess that a `balance` of 0.26 USD in beancount fails where the account has 0.25. It may be off by one in its last digit: by a
# cent if it is written in cents, and by ten cents if it is written as 0.3. So a shop that sells for a cent doesn't notice a missing
# sale. A transaction may be off by half of the last digit of its coarsest amount: 0.255 USD against 0.25 balances. hledger
# fails for each of these. What helps: `balance Assets:Shop 0.26 ~ 0 USD`, or a smaller `inferred_tolerance_multiplier`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq beancount=2.3.5-2 python3-beancount=2.3.5-2+b1 python3-dateutil=2.8.2-2 python3-six=1.16.0-4 \
  hledger=1.25-2+b5 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

beancount() { # what comes first, what is sold for 0.25 USD, and the balance
  printf '%s\n2026-01-01 open Assets:Shop\n2026-01-01 open Income:Sales\n' "$1" > sales.beancount
  printf '2026-11-01 * "Tea"\n  Assets:Shop %s USD\n  Income:Sales -0.25 USD\n' "$2" >> sales.beancount
  [ -z "$3" ] || echo "2026-11-02 balance Assets:Shop $3 USD" >> sales.beancount
  /usr/bin/python3 usr/bin/bean-check sales.beancount > /dev/null 2>&1 && echo passes || echo fails
}
hledger() { # the same
  printf '2026-11-01 Tea\n    assets:shop  %s USD = %s USD\n    income:sales  -0.25 USD\n' "$1" "$2" > sales.journal
  usr/bin/hledger --file sales.journal check > /dev/null 2>&1 && echo passes || echo fails
}
strict='option "inferred_tolerance_multiplier" "0.1"'
seen=$(for balance in 0.25 0.26 0.27 0.3 0.4 '0.26 ~ 0'; do echo "0.25 as $balance: $(beancount '' 0.25 "$balance")"; done
  echo "0.25 as 0.26, with a tenth of the tolerance: $(beancount "$strict" 0.25 0.26)"
  for sold in 0.255 0.256; do echo "$sold against 0.25: $(beancount '' $sold '')"; done
  echo "hledger: 0.25 as 0.25 $(hledger 0.25 0.25), 0.25 as 0.26 $(hledger 0.25 0.26), 0.255 against 0.25 $(hledger 0.255 0.255)")
/usr/bin/python3 usr/bin/bean-check --version
usr/bin/hledger --version
echo "$seen"
[ "$seen" = '0.25 as 0.25: passes
0.25 as 0.26: passes
0.25 as 0.27: fails
0.25 as 0.3: passes
0.25 as 0.4: fails
0.25 as 0.26 ~ 0: fails
0.25 as 0.26, with a tenth of the tolerance: fails
0.255 against 0.25: passes
0.256 against 0.25: fails
hledger: 0.25 as 0.25 passes, 0.25 as 0.26 fails, 0.255 against 0.25 fails' ]
