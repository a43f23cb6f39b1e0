#!/usr/bin/env bash
# One would guess that `retries(2).backoff('fixed', 100)` makes a second attempt after a tenth of a second. A queue of Bee-Queue moves such a
# job to those that are delayed, and these are looked at by a queue that was made with `activateDelayedJobs: true`, which isn't the
# default: the job fails once, waits for good, and is never reported as failed. The same holds for `delayUntil`: the reminder of
# tomorrow is never sent. `save()` resolves, and the health of the queue counts them as delayed, as it should. Without a backoff,
# the retries work. The README says so at the setting, and not at the retries. What helps: that setting in one process at least.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libjemalloc2=5.3.0-1 liblzf1=3.6-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund --ignore-scripts bee-queue@2.0.0 > /dev/null

cat > try.mjs << 'JS'
import { setTimeout as wait } from 'node:timers/promises'
import Queue from 'bee-queue'
for (const settings of [{}, { activateDelayedJobs: true }]) {
  const queue = new Queue(`jobs-${Object.keys(settings).length}`, { redis: { path: process.argv[2] }, ...settings })
  const calls = { 'with a backoff': 0, 'without a backoff': 0, later: 0 }
  queue.process(async ({ data }) => {
    calls[data] += 1
    if (data !== 'later') throw new Error('the mail server is busy')
  })
  await queue.createJob('with a backoff').retries(2).backoff('fixed', 100).save()
  await queue.createJob('without a backoff').retries(2).save()
  await queue.createJob('later').delayUntil(Date.now() + 100).save()
  const end = Date.now() + 2000
  const all = () => Object.values(calls).reduce((sum, n) => sum + n) === 7
  while (!all() && Date.now() < end) await wait(50)
  await wait(300)
  const { succeeded, failed, delayed } = await queue.checkHealth()
  const seen = Object.entries(calls).map(([name, n]) => `${name} ${n}`)
  console.log(`${JSON.stringify(settings)}: calls ${seen.join(', ')}; succeeded ${succeeded}, failed ${failed}, delayed ${delayed}`)
}
process.exit()
JS
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/redis-server --port 0 --unixsocket "$folder/redis.socket" --save "" > redis.log &
until [ -S redis.socket ]; do kill -0 $! && sleep 0.1; done
echo 'Bee-Queue 2.0.0, Redis 7.0.15'
node try.mjs "$folder/redis.socket" 2> /dev/null | tee seen
[ "$(cat seen)" = '{}: calls with a backoff 1, without a backoff 3, later 0; succeeded 0, failed 1, delayed 2
{"activateDelayedJobs":true}: calls with a backoff 3, without a backoff 3, later 1; succeeded 1, failed 2, delayed 0' ]
