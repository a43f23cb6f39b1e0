#!/usr/bin/env bash
# One would guess that a table is the same after it was written as JSON and read again. to_json() of pandas writes ten decimals: a rate
# of 0.00000893123 is 0.0000089312, and one of 5.25e-12 is 0.0, where to_csv() writes all digits. read_json() makes a day of a number
# whose column has a name that ends with _at or _time, or is date or modified: 40,000,000 views in `looked_at` are a day of 1971. A code
# of digits loses its zeros, and a price that was a text, so that nothing is lost, is a number. What helps: `double_precision=15`, or
# texts, and `convert_dates=False, dtype=False` for reading.
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
import io
import pandas

rates = pandas.DataFrame({"rate": [1.08, 0.00000893123, 5.25e-12]})
for written in rates.to_json(orient="values"), rates.to_json(orient="values", double_precision=15), rates.to_csv(index=False):
    print(written.strip().replace("\n", " "))
sales = pandas.DataFrame({"code": ["00123"], "looked_at": [40000000], "amount": ["5.25"]})
written = sales.to_json(orient="records")
for options in {}, {"convert_dates": False, "dtype": False}:
    print(f"{written} with {options}: {[str(each) for each in pandas.read_json(io.StringIO(written), **options).iloc[0]]}")
PY
/usr/bin/python3 -c 'import pandas; print("pandas", pandas.__version__)'
/usr/bin/python3 try.py 2> /dev/null | tee seen
[ "$(cat seen)" = '[[1.08],[0.0000089312],[0.0]]
[[1.08],[0.00000893123],[0.00000000000525]]
rate 1.08 8.93123e-06 5.25e-12
[{"code":"00123","looked_at":40000000,"amount":"5.25"}] with {}: ['\''123'\'', '\''1971-04-08 23:06:40'\'', '\''5.25'\'']
[{"code":"00123","looked_at":40000000,"amount":"5.25"}] with {'\''convert_dates'\'': False, '\''dtype'\'': False}: ['\''00123'\'', '\''40000000'\'', '\''5.25'\'']' ]
