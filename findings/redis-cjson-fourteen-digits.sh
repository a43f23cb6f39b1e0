#!/usr/bin/env bash
# One would guess that a script in Redis which reads JSON, changes one field and writes it again leaves the others as they were. The cjson of
# Redis writes numbers with fourteen digits: a time in microseconds loses its last two, and is then in a notation that parsers of
# whole numbers reject, an order's id becomes that of another order, and a large amount loses a cent or five. An empty list and an
# empty object are the same in Lua, and an object in the result, so `order.lines.map` fails where nothing is left. What helps: a hash
# whose fields the script changes, with JSON read and written only outside, and ids as texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libjemalloc2=5.3.0-1 liblzf1=3.6-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund ioredis@6.0.0 > /dev/null

cat > try.mjs << 'JS'
import { Redis } from 'ioredis'
const redis = new Redis(process.argv[2])
const order = { id: 210000000012345, at: 1793491200123456, total: 1234567890123.25, lines: [], state: 'new' }
await redis.set('order', JSON.stringify(order))
const script = "local o = cjson.decode(redis.call('GET', KEYS[1])) o.state = 'paid' redis.call('SET', KEYS[1], cjson.encode(o))"
await redis.eval(script, 1, 'order')
const after = JSON.parse(await redis.get('order'))
for (const key of Object.keys(order)) console.log(`${key}: ${JSON.stringify(order[key])} → ${JSON.stringify(after[key])}`)
redis.disconnect()
JS
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/redis-server --port 0 --unixsocket "$folder/redis.socket" --save "" > redis.log &
until [ -S redis.socket ]; do kill -0 $! && sleep 0.1; done
echo 'Redis 7.0.15, ioredis 6.0.0'
node try.mjs "$folder/redis.socket" | tee seen
[ "$(cat seen)" = 'id: 210000000012345 → 210000000012340
at: 1793491200123456 → 1793491200123500
total: 1234567890123.25 → 1234567890123.2
lines: [] → {}
state: "new" → "paid"' ]
