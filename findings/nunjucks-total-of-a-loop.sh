#!/usr/bin/env bash
# One would guess that a template of Jinja is the same page in nunjucks, which says that it is a port of it, or at least an error. A
# total that is added up in a loop is 0 in Jinja: `set` in a loop makes a variable of the loop. In nunjucks it changes the one outside,
# and the total is 119. A list without entries is true to nunjucks, so `{% if items %}` shows a table of nothing; `-7 % 3` is 2 in one
# and -1 in the other; and `truncate(9)` makes a text of 14 letters shorter in one of them only. Where mails are written in Python and
# pages in Node, the same file says two things. What helps: the filter `sum` for totals, and `items | length` for lists, which mean the
# same to both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-jinja2=3.1.2-1+deb12u3 python3-markupsafe=2.1.2-1+b1 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export PYTHONPATH=usr/lib/python3/dist-packages
npm install --silent --no-audit --no-fund nunjucks@3.2.4 > /dev/null

cat > templates << 'TEXT'
{% set total = 0 %}{% for price in prices %}{% set total = total + price %}{% endfor %}{{ total }}
{{ prices | sum }}
{% if items %}a table{% else %}nothing{% endif %}
{% if items | length %}a table{% else %}nothing{% endif %}
{{ -7 % 3 }}
{{ 'Our green teas' | truncate(9) }}
TEXT
cat > try.py << 'PY'
import jinja2

for template in open("templates"):
    print("Jinja:", jinja2.Template(template).render(prices=[10, 9, 100], items=[]))
PY
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import nunjucks from 'nunjucks'
for (const template of readFileSync('templates', 'utf8').trimEnd().split('\n')) {
  console.log(`nunjucks: ${nunjucks.renderString(template, { prices: [10, 9, 100], items: [] })}`)
}
JS
echo 'Jinja 3.1.2, nunjucks 3.2.4'
/usr/bin/python3 try.py > python
node try.mjs > node
paste -d '\n' templates python node | tee seen
[ "$(cat seen)" = '{% set total = 0 %}{% for price in prices %}{% set total = total + price %}{% endfor %}{{ total }}
Jinja: 0
nunjucks: 119
{{ prices | sum }}
Jinja: 119
nunjucks: 119
{% if items %}a table{% else %}nothing{% endif %}
Jinja: nothing
nunjucks: a table
{% if items | length %}a table{% else %}nothing{% endif %}
Jinja: nothing
nunjucks: nothing
{{ -7 % 3 }}
Jinja: 2
nunjucks: -1
{{ '\''Our green teas'\'' | truncate(9) }}
Jinja: Our green teas
nunjucks: Our green...' ]
