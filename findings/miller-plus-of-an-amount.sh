#!/usr/bin/env bash
# One would guess that +5.25 is a number to a tool for tables, as -5.25 is. Bank statements write what came in with a plus. To Miller
# 6.6, the one of Debian 12, it is a text. A sum leaves it out without a word, and is that of the refunds. Nothing is above zero, and
# what is below zero includes all that came in, as a text is compared with a number by their letters. datamash adds all of them up.
# Newer versions of Miller do so as well, from 6.8 on. What helps: to take the plus away first, with sed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq miller=6.6.0-2+b3 datamash=1.7-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

printf 'what,amount\nsale,+5.25\nsale,+7.00\nrefund,-2.00\n' > bank.csv
sed 's/,+/,/' bank.csv > without.csv
for file in bank.csv without.csv; do
  miller() { usr/bin/mlr --icsv --onidx --ofs ' ' "$@" $file | paste -sd ';'; }
  echo "$file: sum $(miller stats1 -a sum -f amount), above zero: $(miller filter '$amount > 0'), below zero: $(miller filter '$amount < 0')"
  echo "  datamash: $(tail -n +2 $file | usr/bin/datamash -t , sum 2)"
done > seen
usr/bin/mlr --version
usr/bin/datamash --version | head -n 1
cat seen
[ "$(cat seen)" = 'bank.csv: sum -2, above zero: , below zero: sale +5.25;sale +7.00;refund -2.00
  datamash: 10.25
without.csv: sum 10.25, above zero: sale 5.25;sale 7.00, below zero: refund -2.00
  datamash: 10.25' ]
