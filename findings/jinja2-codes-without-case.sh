#!/usr/bin/env bash
# One would guess that a filter which leaves out duplicates keeps two different texts. Jinja's `unique`, `groupby`, `sort`, `min` and
# `max` ignore case by default: of the codes `ab1` and `AB1`, `unique` keeps one, and `groupby` puts the sales of both into one group,
# which has the name of the first. Python itself, `==` and the test `in` of the same template tell them apart, so the number of unique
# codes on a page isn't the one in the database. Until 3.1, `groupby` told them apart as well, so an upgrade adds up two lines. What
# helps: `case_sensitive=true` for each of these filters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-jinja2=3.1.2-1+deb12u3 python3-markupsafe=2.1.2-1+b1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages

cat > templates << 'TEXT'
{{ codes | unique | join(' ') }}
{{ codes | unique(case_sensitive=true) | join(' ') }}
{{ codes[0] == codes[1] }}
{% for code, sales in sales | groupby('code') %}{{ code }}: {{ sales | sum('amount') }} {% endfor %}
{% for code, sales in sales | groupby('code', case_sensitive=true) %}{{ code }}: {{ sales | sum('amount') }} {% endfor %}
TEXT
cat > try.py << 'PY'
import jinja2

codes = ["ab1", "AB1", "cd2"]
sales = [{"code": code, "amount": amount} for code, amount in zip(codes, [10, 9, 100])]
for template in open("templates"):
    print(f"{template}  {jinja2.Template(template).render(codes=codes, sales=sales)}")
PY
echo 'Jinja 3.1.2'
/usr/bin/python3 try.py | tee seen
[ "$(cat seen)" = '{{ codes | unique | join('\'' '\'') }}
  ab1 cd2
{{ codes | unique(case_sensitive=true) | join('\'' '\'') }}
  ab1 AB1 cd2
{{ codes[0] == codes[1] }}
  False
{% for code, sales in sales | groupby('\''code'\'') %}{{ code }}: {{ sales | sum('\''amount'\'') }} {% endfor %}
  ab1: 19 cd2: 100 
{% for code, sales in sales | groupby('\''code'\'', case_sensitive=true) %}{{ code }}: {{ sales | sum('\''amount'\'') }} {% endfor %}
  AB1: 9 ab1: 10 cd2: 100 ' ]
