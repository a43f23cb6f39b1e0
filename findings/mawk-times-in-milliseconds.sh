#!/usr/bin/env bash
# One would guess that awk, whose numbers are doubles, shows whole numbers up to 2^53 with all their digits. Debian's awk, which is
# mawk, adds them exactly and shows them otherwise: above 2,147,483,647, `print` gives six digits, as in 1.79349e+12, and
# `printf "%d"` always gives 2147483647. So each time in milliseconds is the same, and so is each total of more than 21 million dollars in
# cents. A field that nothing was computed with is shown as it came, so a `+ 0` decides whether a column is right. The awk of other
# systems shows all digits. What helps: `printf "%.0f"`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq mawk=1.3.4.20200120-3.1 original-awk=2022-09-12-1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

usr/bin/mawk -W version 2>&1 | head -n 1
usr/bin/original-awk --version
printf '%s\n' '1793491200000 2000000000' '1793491200001 147483648' > orders # at, cents
for awk in mawk original-awk; do
  echo "$awk: $(usr/bin/$awk '{
    print $1, $1 + 0
    printf "%d %.0f\n", $1, $1
    total += $2
  }
  END { print total; printf "%d\n", total }' orders | paste -sd '|')"
done | tee seen
[ "$(cat seen)" = 'mawk: 1793491200000 1.79349e+12|2147483647 1793491200000|1793491200001 1.79349e+12|2147483647 1793491200001|2.14748e+09|2147483647
original-awk: 1793491200000 1793491200000|1793491200000 1793491200000|1793491200001 1793491200001|1793491200001 1793491200001|2147483648|2147483648' ]
