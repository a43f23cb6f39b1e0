#!/usr/bin/env bash
# One would guess that what ioredis-mock answers in a test is what Redis answers. Its list of commands says that all of these work. Redis
# adds decimals as decimals, and a tenth and two are 0.3; the mock adds them as JavaScript does. Redis refuses to count from 5.25, and
# the mock counts to 6.25. An expiry with NX, which a limit for each minute needs so that the minute ends, is set anew each time. A
# sorted set without members still exists, and `ZADD … INCR` answers with
# how many members are new. What helps: Redis itself, which starts in a tenth of a second.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libjemalloc2=5.3.0-1 liblzf1=3.6-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund ioredis@5.11.1 ioredis-mock@8.13.1 > /dev/null

cat > try.mjs << 'JS'
import { Redis } from 'ioredis'
import Mock from 'ioredis-mock'
const real = new Redis(process.argv[2])
const mock = new Mock()
const tests = {
  'INCRBYFLOAT 0.1, 0.2': async (redis) => [await redis.incrbyfloat('sum', '0.1'), await redis.incrbyfloat('sum', '0.2')],
  'INCR of 5.25': async (redis) => (await redis.set('price', '5.25'), redis.incr('price')),
  'INCR of a text': async (redis) => (await redis.set('title', 'tea'), redis.incr('title')),
  'EXPIRE 60 NX, EXPIRE 600 NX': async (redis) => {
    await redis.set('limit', '1')
    for (const seconds of [60, 600]) await redis.expire('limit', seconds, 'NX')
    return redis.ttl('limit')
  },
  'ZREM of the last member': async (redis) => {
    await redis.zadd('queue', 1, 'order')
    await redis.zrem('queue', 'order')
    return redis.exists('queue')
  },
  'ZADD INCR 5': async (redis) => redis.zadd('sold', 'INCR', 5, 'tea'),
  'GET of a hash': async (redis) => (await redis.hset('order', 'total', 525), redis.get('order')),
}
for (const [name, test] of Object.entries(tests)) {
  const answers = []
  for (const redis of [real, mock]) {
    try {
      answers.push(JSON.stringify(await test(redis)))
    } catch {
      answers.push('an error')
    }
  }
  console.log(`${name}: Redis ${answers[0]}, ioredis-mock ${answers[1]}`)
}
real.disconnect()
mock.disconnect()
JS
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/redis-server --port 0 --unixsocket "$folder/redis.socket" --save "" > redis.log &
until [ -S redis.socket ]; do kill -0 $! && sleep 0.1; done
echo 'Redis 7.0.15, ioredis-mock 8.13.1'
node try.mjs "$folder/redis.socket" | tee seen
[ "$(cat seen)" = 'INCRBYFLOAT 0.1, 0.2: Redis ["0.1","0.3"], ioredis-mock ["0.1","0.30000000000000004"]
INCR of 5.25: Redis an error, ioredis-mock 6.25
INCR of a text: Redis an error, ioredis-mock null
EXPIRE 60 NX, EXPIRE 600 NX: Redis 60, ioredis-mock 600
ZREM of the last member: Redis 0, ioredis-mock 1
ZADD INCR 5: Redis "5", ioredis-mock 1
GET of a hash: Redis an error, ioredis-mock {"total":"525"}' ]
