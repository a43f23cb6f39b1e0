#!/usr/bin/env bash
# One would guess that amounts which PostgreSQL gives as Decimal, so that nothing is lost, are numbers to pandas. To it they are
# objects. round(2) returns them as they were, groupby().sum() leaves out their column where there is another one with numbers, and so
# does a table with sums. describe() doesn't name them either. In a column by itself they are added. A warning about it says nothing of
# what was left out, and goes to another stream than the result. What helps: `df["amount"].astype(float)`, or sums of cents, and to name
# the column: `groupby("what")["amount"].sum()`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-pandas=1.5.3+dfsg-2 python3-pandas-lib=1.5.3+dfsg-2 python3-numpy=1:1.24.2-1+deb12u1 python3-tz=2022.7.1-4 \
  python3-dateutil=2.8.2-2 python3-six=1.16.0-4 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 \
  libquadmath0=12.2.0-14+deb12u1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=$folder/usr/lib/python3/dist-packages
LD_LIBRARY_PATH=$(echo "$folder"/usr/lib/*/blas):$(echo "$folder"/usr/lib/*/lapack):$(dirname "$folder"/usr/lib/*/libgfortran.so.5)
export LD_LIBRARY_PATH

cat > try.py << 'PY'
from decimal import Decimal
import pandas

amounts = [Decimal("5.255"), Decimal("1.25"), Decimal("7.00")]
sales = pandas.DataFrame({"what": ["tea", "tea", "cake"], "count": [1, 2, 3], "amount": amounts})
floats = sales.assign(amount=sales["amount"].astype(float))
for name, table in ("Decimal", sales), ("float", floats):
    print(f"{name}: rounded {[str(each) for each in table.round(2)['amount']]}")
    print(f"  sums {table.groupby('what').sum().to_dict('index')}")
    print(f"  a table of sums {list(table.pivot_table(index='what', aggfunc='sum').columns)}, described {list(table.describe().columns)}")
print(f"by name: {sales.groupby('what')['amount'].sum().map(str).to_dict()}")
PY
/usr/bin/python3 -c 'import pandas; print("pandas", pandas.__version__)'
/usr/bin/python3 try.py 2> /dev/null | tee seen
[ "$(cat seen)" = 'Decimal: rounded ['\''5.255'\'', '\''1.25'\'', '\''7.00'\'']
  sums {'\''cake'\'': {'\''count'\'': 3}, '\''tea'\'': {'\''count'\'': 3}}
  a table of sums ['\''count'\''], described ['\''count'\'']
float: rounded ['\''5.26'\'', '\''1.25'\'', '\''7.0'\'']
  sums {'\''cake'\'': {'\''count'\'': 3, '\''amount'\'': 7.0}, '\''tea'\'': {'\''count'\'': 3, '\''amount'\'': 6.505}}
  a table of sums ['\''amount'\'', '\''count'\''], described ['\''count'\'', '\''amount'\'']
by name: {'\''cake'\'': '\''7.00'\'', '\''tea'\'': '\''6.505'\''}' ]
