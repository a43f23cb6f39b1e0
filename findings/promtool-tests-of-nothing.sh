#!/usr/bin/env bash
# One would guess that `promtool test rules` fails if it tests nothing: an alert that no rule has, or rules in a file that isn't
# there. It passes in both cases as long as no alert is expected, and each alert needs such a test, of the moment before it fires.
# So a name that is misspelled in a test, or a renamed file of rules, looks like an alert that rightly keeps quiet. (A pattern
# that matches no file is at least a warning; a missing `rule_files` isn't.) What helps: compare the names in the tests with
# those in the rules, and let each alert have a test in which it fires.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq prometheus=2.42.0+ds-5+deb12u1 2> /dev/null
dpkg -x prometheus_*.deb .
promtool=usr/bin/promtool

cat > rules.yml << 'YAML'
groups:
  - name: shop
    rules: [{ alert: ShopDown, expr: up == 0 }]
YAML

# quiet RULES ALERT: tests, while the shop is down, that ALERT keeps quiet.
quiet() {
  cat > test.yml << YAML
$1
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series: [{ series: 'up{job="shop"}', values: 0x10 }]
    alert_rule_test: [{ eval_time: 5m, alertname: $2, exp_alerts: [] }]
YAML
  if "$promtool" test rules test.yml > said.txt 2>&1; then echo passes; else echo fails; fi
}

seen="ShopDown: $(quiet 'rule_files: [rules.yml]' ShopDown)
ShopDwon: $(quiet 'rule_files: [rules.yml]' ShopDwon)
ShopDown in a file that is not there: $(quiet 'rule_files: [ruled.yml]' ShopDown)
ShopDown in no file: $(quiet '' ShopDown)"
"$promtool" --version 2>&1 | head -n 1
echo "$seen"
[ "$seen" = 'ShopDown: fails
ShopDwon: passes
ShopDown in a file that is not there: passes
ShopDown in no file: passes' ]
