#!/usr/bin/env bash
# One would guess that `hledger import` recognizes the transactions that it has imported before. It remembers the last day, and how
# many transactions of that day it has seen, and skips that many from the beginning. Banks and shops that list the newest first put
# a later sale of the same day above the earlier one. Where the file has several days, hledger notices the order and turns it around.
# Where it has one day, as when it is fetched daily, hledger can't notice: the sale that it has already is imported a second time, and
# the new one never is. The number of transactions is right, and so is the total, where all cost the same. What helps: `newest-first`
# in the rules.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq hledger=1.25-2+b5 2> /dev/null
dpkg -x hledger_*.deb .
hledger() { usr/bin/hledger --file main.journal "$@"; }

import_twice() { # rules, the file of noon, the file of the evening
  rm -f .latest.* main.journal
  touch main.journal
  printf 'fields date, description, amount\ncurrency $\n%s\n' "$1" > sales.csv.rules
  for text in "$2" "$3"; do
    printf '%b' "$text" > sales.csv
    hledger import sales.csv > /dev/null 2>&1
  done
  hledger print --output-format csv | tail -n +2 | cut -d, -f 1,6 | uniq | cut -d, -f 2 | tr -d '"' | paste -sd ' '
}
ada='2026-11-01,Ada,0.25\n'
bob='2026-11-01,Bob,0.25\n'
cy='2026-10-31,Cy,0.25\n'
seen="one day: $(import_twice '' "$ada" "$bob$ada")
two days: $(import_twice '' "$ada$cy" "$bob$ada$cy")
one day, newest-first: $(import_twice newest-first "$ada" "$bob$ada")"
usr/bin/hledger --version
echo "$seen"
[ "$seen" = 'one day: Ada Ada
two days: Cy Ada Bob
one day, newest-first: Ada Bob' ]
