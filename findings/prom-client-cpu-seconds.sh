#!/usr/bin/env bash
# One would guess that `process_cpu_seconds_total` is the processor time of the process, since Prometheus's clients in other
# languages mean that by the name, and that divided by the time since `process_start_time_seconds` it is the average load.
# prom-client counts from the call of `collectDefaultMetrics`, while the start is that of the process. What was used before,
# such as for a slow start, is missing, and everything is if metrics are only opened when somebody first asks for them. What
# helps is to call it first of all, or to use only `rate(…)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts prom-client@15.1.3 > /dev/null

cat > try.mjs << 'JS'
import { collectDefaultMetrics, register } from 'prom-client'
while (process.cpuUsage().user < 2_000_000) Math.sqrt(2) // two seconds of work
collectDefaultMetrics()
const [, counted] = /^process_cpu_seconds_total (.*)$/m.exec(await register.metrics())
const { user, system } = process.cpuUsage()
console.log(`used: ${((user + system) / 1e6).toFixed(1)} s, process_cpu_seconds_total: ${Number(counted).toFixed(1)}`)
process.exit(Number(counted) < 0.5 ? 0 : 1)
JS
echo "prom-client 15.1.3:"
node try.mjs
