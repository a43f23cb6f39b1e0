#!/usr/bin/env bash
# One would guess that an alert on the slowest hundredth of requests fires when requests are slow. `histogram_quantile` can't see
# beyond the last bucket that has an end: whatever is slower counts as exactly that. prom-client's buckets end at 10 seconds unless
# one names others, so `histogram_quantile(0.99, …) > 10` is never true, not for requests of a minute each, and a panel of it is a
# straight line at 10. In the manual, among the details of the function. What helps: a last bucket above what one waits for, an
# alert on the share beyond a bucket, or the average of `_sum` and `_count`, which sees all of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq prometheus=2.42.0+ds-5+deb12u1 2> /dev/null
dpkg -x prometheus_*.deb .
npm install --silent --no-audit --no-fund prom-client@15.1.3 > /dev/null

cat > rules.yml << 'YAML'
groups:
  - name: slow
    rules:
      - alert: QuantileAbove10
        expr: histogram_quantile(0.99, sum by (le) (rate(seconds_bucket[5m]))) > 10
      - alert: QuantileIs10
        expr: histogram_quantile(0.99, sum by (le) (rate(seconds_bucket[5m]))) == 10
      - alert: AverageAbove10
        expr: rate(seconds_sum[5m]) / rate(seconds_count[5m]) > 10
YAML
# writes a test of what prom-client says of N requests more each minute, each of them a minute long
cat > try.mjs << 'JS'
import { writeFileSync } from 'node:fs'
import { Histogram, Registry } from 'prom-client'
const registry = new Registry()
const seconds = new Histogram({ name: 'seconds', help: 'Duration of requests', registers: [registry] })
for (let i = 0; i < 10; i++) seconds.observe(60)
const series = (await registry.metrics())
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ series: line.slice(0, line.lastIndexOf(' ')), values: `0+${line.slice(line.lastIndexOf(' ') + 1)}x20` }))
const labels = (alertname) => ({ eval_time: '15m', alertname, exp_alerts: [{}] })
for (const alertname of ['QuantileAbove10', 'QuantileIs10', 'AverageAbove10']) {
  const test = { input_series: series, interval: '1m', alert_rule_test: [labels(alertname)] }
  writeFileSync(`${alertname}.yml`, JSON.stringify({ rule_files: ['rules.yml'], tests: [test] }))
}
JS
node try.mjs
usr/bin/promtool --version 2> /dev/null | sed -n 1p
echo 'prom-client 15.1.3'
for alert in QuantileAbove10 QuantileIs10 AverageAbove10; do
  if usr/bin/promtool test rules $alert.yml > said 2>&1; then echo "$alert: fires"; else echo "$alert: is quiet"; fi
done | tee seen
[ "$(cat seen)" = 'QuantileAbove10: is quiet
QuantileIs10: fires
AverageAbove10: fires' ]
