#!/usr/bin/env bash
# One would guess that a gauge shows what it was set to. In StatsD's protocol, a sign in front of the value means a change, and
# a negative number has one: hot-shots sends `drift:-5|g` for gauge('drift', -5), and StatsD takes five away each time. A clock
# that is five milliseconds behind, or a balance in the red, sinks with every report, and is right again with the first positive
# one. Datadog's agent reads the same line as a value, and the client's README has `gaugeDelta` for changes and no word on
# negative values; StatsD's documentation has a note. What helps: to set the gauge to zero first, in the same packet or just
# before, or to add a constant that keeps it positive.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --omit=optional hot-shots@17.1.1 statsd@0.9.0 > /dev/null

read -r udp tcp < <(node -e '
  const socket = require("node:dgram").createSocket("udp4").bind(0, "127.0.0.1", () => {
    const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
      console.log(socket.address().port, server.address().port)
      socket.close()
      server.close()
    })
  })')
cat > config.js << JS
{ address: '127.0.0.1', port: $udp, mgmt_address: '127.0.0.1', mgmt_port: $tcp, flushInterval: 600000, backends: [] }
JS
cat > try.cjs << 'JS'
const { once } = require('node:events')
const { connect } = require('node:net')
const { StatsD } = require('hot-shots')
const [udp, tcp] = process.argv.slice(2)
const client = new StatsD({ host: '127.0.0.1', port: Number(udp) })
async function show(...values) {
  for (const value of values) await new Promise((done) => client.gauge('drift', value, done))
  await new Promise((done) => setTimeout(done, 200))
  const admin = connect(tcp, '127.0.0.1').setEncoding('utf8')
  admin.write('gauges\n')
  const [answer] = await once(admin, 'data')
  admin.destroy()
  console.log(`${values.join(', then ')}: ${/drift: (-?\d+)/.exec(answer)[1]}`)
}
;(async () => {
  await show(5)
  for (let times = 0; times < 3; times++) await show(-5)
  await show(5)
  await show(0, -5)
  await show(0, -5)
  client.close()
})()
JS
node node_modules/statsd/stats.js config.js > log &
until grep --quiet 'server is up' log; do sleep 0.1; done
echo 'hot-shots 17.1.1, statsd 0.9.0'
node try.cjs "$udp" "$tcp" | tee seen
[ "$(cat seen)" = '5: 5
-5: 0
-5: -5
-5: -10
5: 5
0, then -5: -5
0, then -5: -5' ]
