#!/usr/bin/env bash
# One would guess that the name which a query gives to a count can be used in HAVING, as in SQLite and MySQL, or that it is refused, as in
# PostgreSQL. In alasql, it is undefined there: nothing is greater than undefined, or less, so the list of those who bought more than once
# is empty, and so is that of those who bought once. In ORDER BY of the same query the name works. What helps: `HAVING COUNT(*) > 1`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --omit=optional --omit=peer alasql@4.19.1 > /dev/null
apt-get download -qq sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done

cat > try.cjs << 'JS'
const alasql = require('alasql')
alasql("CREATE TABLE sales (buyer STRING); INSERT INTO sales VALUES ('Ada'), ('Bob'), ('Ada')")
console.log(alasql(process.argv[2]).map(({ buyer, bought }) => `${buyer} ${bought}`).join(', ') || 'nobody')
JS
in_sqlite() {
  LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/sqlite3 -separator ' ' :memory: \
    "CREATE TABLE sales (buyer TEXT); INSERT INTO sales VALUES ('Ada'), ('Bob'), ('Ada'); $1" | paste -sd , | sed 's/,/, /'
}
seen=$(for rest in 'HAVING bought > 1' 'HAVING bought < 2' 'HAVING COUNT(*) > 1' 'ORDER BY bought'; do
  query="SELECT buyer, COUNT(*) AS bought FROM sales GROUP BY buyer $rest"
  echo "$rest: $(node try.cjs "$query"); in SQLite $(in_sqlite "$query")"
done)
echo "alasql $(node -p 'JSON.parse(require("fs").readFileSync("node_modules/alasql/package.json")).version'), SQLite 3.40.1"
echo "$seen"
[ "$seen" = 'HAVING bought > 1: nobody; in SQLite Ada 2
HAVING bought < 2: nobody; in SQLite Bob 1
HAVING COUNT(*) > 1: Ada 2; in SQLite Ada 2
ORDER BY bought: Bob 1, Ada 2; in SQLite Bob 1, Ada 2' ]
