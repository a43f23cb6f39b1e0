#!/usr/bin/env bash
# One would guess that a list of what was paid has an amount for each sale. In Python's Pony, `select(sale.cents for sale in
# Sale)` asks for DISTINCT amounts, as it does wherever one selects anything but whole rows. So of two sales of 5.25 there is
# one in the list, and the same query has two sums: `query.sum()` adds all sales, and Python's `sum(query)` adds each amount
# once. `query.avg()` is of all sales, and `query.count()` counts the distinct amounts, so that their product is no sum. The
# manual says it far below, under "Automatic DISTINCT". What helps: `without_distinct()`, which the count ignores, or selecting
# whole rows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-pony=0.7.16+ds-3 python3-decorator=5.1.1-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages

cat > try.py << 'PY'
import builtins

import pony
from pony.orm import Database, Required, db_session, select

database = Database("sqlite", ":memory:")


class Sale(database.Entity):
    buyer = Required(str)
    cents = Required(int)


database.generate_mapping(create_tables=True)
with db_session:
    for buyer, cents in ("Ada", 525), ("Bob", 525), ("Ada", 700):
        Sale(buyer=buyer, cents=cents)
    query = select(sale.cents for sale in Sale)
    every = query.without_distinct()
    print("amounts:", list(query), "without distinct", list(every))
    print("query.sum():", query.sum(), "without distinct", every.sum())
    print("sum(query):", builtins.sum(query), "without distinct", builtins.sum(every))
    print("query.count():", query.count(), "without distinct", every.count())
    print("query.avg():", round(query.avg(), 2))
    print("whole rows:", builtins.sum(sale.cents for sale in select(sale for sale in Sale)))
PY
/usr/bin/python3 -c 'import pony; print("Pony", pony.__version__)'
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = 'amounts: [525, 700] without distinct [525, 525, 700]
query.sum(): 1750 without distinct 1750
sum(query): 1225 without distinct 1750
query.count(): 2 without distinct 2
query.avg(): 583.33
whole rows: 1750' ]
