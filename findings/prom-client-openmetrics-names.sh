#!/usr/bin/env bash
# One would guess that reading metrics doesn't change them, so that an endpoint may answer each request in the format that it
# accepts: `registry.setContentType(…)`, then `registry.metrics()`. Writing OpenMetrics once takes `_total` off the name of every
# counter for good. From then on, the older text format says `orders` instead of `orders_total`, and every panel and alert that
# asks for `orders_total` is empty: after a single request by another client. What helps is to answer in one format only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts prom-client@15.1.3 > /dev/null

cat > try.mjs << 'JS'
import { Counter, Registry } from 'prom-client'
const registry = new Registry()
new Counter({ name: 'orders_total', help: 'Orders', registers: [registry] }).inc()
for (const format of ['PROMETHEUS', 'OPENMETRICS', 'PROMETHEUS']) {
  registry.setContentType(Registry[`${format}_CONTENT_TYPE`])
  const sample = (await registry.metrics()).split('\n').find((line) => /^\w/.test(line))
  console.log(`${format}: ${sample}`)
}
JS
seen=$(node try.mjs)
echo "prom-client 15.1.3:"
echo "$seen"
[ "$seen" = 'PROMETHEUS: orders_total 1
OPENMETRICS: orders_total 1
PROMETHEUS: orders 1' ]
