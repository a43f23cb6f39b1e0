#!/usr/bin/env bash
# One would guess that a template which keeps to what Jinja and nunjucks have in common says the same in both, as nunjucks calls
# itself a port of it. A total that is added up in a loop is 0 in Jinja, where a loop has variables of its own, and the total in
# nunjucks. An empty list is false in Jinja, and true in nunjucks, which shows the heading of no orders. Half a cent goes to the
# even digit in Jinja, and up in nunjucks, and a remainder of a negative number differs by its divisor. Nothing is an error. What
# helps: to compute before the template, `{% if orders.length %}` here and `{% if orders %}` there, and a test of each for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-jinja2=3.1.2-1+deb12u3 python3-markupsafe=2.1.2-1+b1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund nunjucks@3.2.4 > /dev/null

cat > templates << 'TEXT'
total: {% set total = 0 %}{% for price in [5, 7] %}{% set total = total + price %}{% endfor %}{{ total }}
orders: {% if [] %}Your orders{% else %}Nothing yet{% endif %}
tax: {{ 0.125 | round(2) }}
a day before Monday: {{ (0 - 1) % 7 }}
TEXT
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import nunjucks from 'nunjucks'
console.log(nunjucks.renderString(readFileSync('templates', 'utf8').trimEnd(), {}))
JS
cat > try.py << 'PY'
import jinja2
print(jinja2.Template(open("templates").read()).render())
PY
PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 try.py > jinja
node try.mjs | cut -d ' ' -f 2- | sed 's/.*: //' > nunjucks
echo 'Jinja 3.1.2 and nunjucks 3.2.4'
paste -d '|' jinja nunjucks | sed 's/|/ and /' | tee seen
[ "$(cat seen)" = 'total: 0 and 12
orders: Nothing yet and Your orders
tax: 0.12 and 0.13
a day before Monday: 6 and -1' ]
