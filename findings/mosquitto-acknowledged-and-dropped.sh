#!/usr/bin/env bash
# One would guess that an MQTT message which was sent with quality of service 1, and acknowledged, reaches a subscriber that is
# away for a while and has a session that is kept. Mosquitto keeps a thousand messages for it. It acknowledges each further one,
# and drops it: not the oldest, but the newest. The publisher sees success, with MQTT 5 as well, the subscriber sees a gap at
# the end, and the broker's log has a line about it. A thousand payments come together in one weekend without a network. What
# helps: `max_queued_messages 0`, with which all of them wait.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq mosquitto=2.0.11-1.2+deb12u2 libdlt2=2.18.8-6 libwrap0=7.6.q-32 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund mqtt@5.16.0 > /dev/null

cat > try.mjs << 'JS'
import { connect } from 'node:net'
import mqtt from 'mqtt'
const [, , socket, protocolVersion] = process.argv
const open = async (options) => {
  const version = Number(protocolVersion)
  const settings = { protocolVersion: version, ...options }
  if (version === 5) settings.properties = { sessionExpiryInterval: 3600 }
  const client = new mqtt.MqttClient(() => connect(socket), settings)
  const received = []
  client.on('message', (topic, message) => received.push(Number(message)))
  await new Promise((done) => client.once('connect', done))
  return { client, received }
}
const shop = { clientId: 'bookkeeping', clean: false }
const first = await open(shop)
await first.client.subscribeAsync('paid', { qos: 1 })
await first.client.endAsync()
const { client: publisher } = await open({})
let acknowledged = 0
for (let number = 1; number <= 1200; number++) {
  const packet = await publisher.publishAsync('paid', String(number), { qos: 1 })
  if (packet) acknowledged++
}
const { received } = await open(shop)
for (let before = -1; before < received.length; ) {
  before = received.length
  await new Promise((done) => setTimeout(done, 500))
}
console.log(`${acknowledged} acknowledged; ${received.length} received, the last one is ${received.at(-1)}`)
process.exit()
JS
try() { # try NAME VERSION SETTING
  printf 'listener 0 %s/%s.socket\nallow_anonymous true\nuser %s\n%s\n' "$folder" "$1" "$(id -un)" "$3" > "$1.conf"
  LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/sbin/mosquitto -c "$1.conf" > "$1.log" 2>&1 &
  until [ -S "$1.socket" ]; do kill -0 $! && sleep 0.1; done
  echo "MQTT ${2/4/3.1.1}, ${3:-as it is}: $(node try.mjs "$1.socket" "$2")"
}
{
  try first 4 ''
  try second 5 ''
  try third 4 'max_queued_messages 0'
} > seen
echo 'Mosquitto 2.0.11, mqtt 5.16.0'
cat seen
[ "$(cat seen)" = 'MQTT 3.1.1, as it is: 1200 acknowledged; 1000 received, the last one is 1000
MQTT 5, as it is: 1200 acknowledged; 1000 received, the last one is 1000
MQTT 3.1.1, max_queued_messages 0: 1200 acknowledged; 1200 received, the last one is 1200' ]
