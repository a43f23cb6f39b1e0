#!/usr/bin/env bash
# One would guess that the job which `queue.add()` returns is in the queue. BullMQ ignores a job whose `jobId` it has already, as it promises,
# and returns a job all the same: with the new data and the time of now, as if it had been added. The queue has the old one, and a
# job that is done counts as well for as long as it is kept, which is for good by default. So the second delivery of an order, with
# a corrected amount or address, is logged as added and never made; `getState()` of it says completed. What helps: to read it again,
# `await queue.getJob(id)`, and compare; the event `duplicated` of QueueEvents; or `removeOnComplete`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libjemalloc2=5.3.0-1 liblzf1=3.6-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund --ignore-scripts bullmq@6.7.0 ioredis@6.0.0 > /dev/null

cat > try.mjs << 'JS'
import { setTimeout as wait } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
const connect = () => new Redis(process.argv[2], { maxRetriesPerRequest: null })
const queue = new Queue('deliveries', { connection: connect() })
const show = async (name, amount) => {
  const job = await queue.add('deliver', { amount }, { jobId: 'order-7' })
  const kept = await queue.getJob('order-7')
  console.log(`${name}: add() returns a job of ${job.data.amount}, the queue has ${kept.data.amount}, ${await kept.getState()}`)
}
await show('the order', 5)
await show('the order, corrected', 9)
const done = []
const worker = new Worker('deliveries', async (job) => done.push(job.data.amount), { connection: connect() })
while (done.length === 0 || (await queue.getCompletedCount()) === 0) await wait(50)
await show('and again after it was delivered', 9)
await wait(500)
console.log(`delivered: ${done.join(', ')}`)
await worker.close(true)
process.exit()
JS
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/redis-server --port 0 --unixsocket "$folder/redis.socket" --save "" > redis.log &
until [ -S redis.socket ]; do kill -0 $! && sleep 0.1; done
echo 'BullMQ 6.7.0, ioredis 6.0.0, Redis 7.0.15'
node try.mjs "$folder/redis.socket" 2> /dev/null | tee seen
[ "$(cat seen)" = 'the order: add() returns a job of 5, the queue has 5, waiting
the order, corrected: add() returns a job of 9, the queue has 5, waiting
and again after it was delivered: add() returns a job of 9, the queue has 5, completed
delivered: 5' ]
