#!/usr/bin/env bash
# One would guess that `.parameter set :day 2026-11-01` in SQLite's shell sets :day to that day. The shell reads the value as an expression,
# and 2026 minus 11 minus 1 is 2014: a report of the day finds nothing, or a filter `day >= :day` finds all days, without an error,
# as text is greater than any number. A code 0012 is 12, and 1e5 is 100,000.0. A value that is no
# expression, such as tea, is a text, so it seems to work with the first ones that one tries. Quotes around it don't help, since
# the shell removes them first. What helps: quotes in quotes, `.parameter set :day "'2026-11-01'"`,
# and `.parameter list`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq sqlite3=3.40.1-2+deb12u2 2> /dev/null
dpkg -x sqlite3_*.deb .
sqlite() { usr/bin/sqlite3 -batch "$@"; }
cat > sales.sql << 'SQL'
CREATE TABLE sales (product TEXT, day TEXT);
INSERT INTO sales VALUES ('tea', '2026-10-31'), ('tea', '2026-11-01'), ('0012', '2026-11-01');
SQL
# ask VALUE: what the shell makes of it
ask() {
  printf '.parameter init\n.parameter set :value %s\n%s\n' "$1" "SELECT typeof(:value) || ' ' || :value || ': ' ||
    (SELECT count(*) FROM sales WHERE day = :value) || ' of the day, ' || (SELECT count(*) FROM sales WHERE day >= :value) || ' since, ' ||
    (SELECT count(*) FROM sales WHERE product = :value) || ' of the product';" > ask.sql
  echo "$1 is $(sqlite < <(cat sales.sql ask.sql))"
}
echo "SQLite $(sqlite --version | cut -d ' ' -f 1)"
{
  ask tea
  ask 0012
  ask 1e5
  ask 2026-11-01
  ask '"2026-11-01"'
  ask "\"'2026-11-01'\""
} | tee seen
[ "$(cat seen)" = "tea is text tea: 0 of the day, 0 since, 2 of the product
0012 is integer 12: 0 of the day, 3 since, 0 of the product
1e5 is real 100000.0: 0 of the day, 3 since, 0 of the product
2026-11-01 is integer 2014: 0 of the day, 3 since, 0 of the product
\"2026-11-01\" is integer 2014: 0 of the day, 3 since, 0 of the product
\"'2026-11-01'\" is text 2026-11-01: 2 of the day, 2 since, 0 of the product" ]
