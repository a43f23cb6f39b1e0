#!/usr/bin/env bash
# One would guess that a job with a priority is done before one without. In BullMQ it comes after all of those that have none: these count as
# 0, and a smaller number is earlier, so "priority: 1, the highest" makes a job wait for a whole newsletter. In Bull, from which
# BullMQ comes, with the same option and the same numbers, it is done first, so the change from one to the other turns the order
# around. Bottleneck has the same direction, but counts a job without a priority as 5. With p-queue the larger number is earlier,
# and with async.priorityQueue the smaller one. All document their direction, and no job is lost, so a test that looks at what was
# done sees no difference. What helps: a priority for each job, and a test of the order.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libjemalloc2=5.3.0-1 liblzf1=3.6-3 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
npm install --silent --no-audit --no-fund --ignore-scripts bullmq@6.7.0 bull@4.16.5 ioredis@6.0.0 p-queue@9.3.5 async@3.2.6 \
  bottleneck@2.19.5 > /dev/null

cat > try.mjs << 'JS'
import async from 'async'
import Bottleneck from 'bottleneck'
import Bull from 'bull'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import PQueue from 'p-queue'
const connect = () => new Redis(process.argv[2], { maxRetriesPerRequest: null, enableReadyCheck: false })
const jobs = { none: undefined, one: 1, ten: 10 }
const optionsOf = (priority) => (priority === undefined ? {} : { priority })

const runs = {
  async Bull(done) {
    const queue = new Bull('bull', { createClient: connect })
    for (const [name, priority] of Object.entries(jobs)) await queue.add({ name }, optionsOf(priority))
    queue.process(async ({ data }) => done(data.name))
  },
  async BullMQ(done) {
    const queue = new Queue('bullmq', { connection: connect() })
    for (const [name, priority] of Object.entries(jobs)) await queue.add(name, {}, optionsOf(priority))
    new Worker('bullmq', async ({ name }) => done(name), { connection: connect() })
  },
  async 'p-queue'(done) {
    const queue = new PQueue({ concurrency: 1, autoStart: false })
    for (const [name, priority] of Object.entries(jobs)) queue.add(() => done(name), optionsOf(priority))
    queue.start()
  },
  async 'async.priorityQueue'(done) {
    const queue = async.priorityQueue(async (name) => done(name), 1)
    queue.pause()
    for (const [name, priority] of Object.entries(jobs)) queue.push(name, priority)
    queue.resume()
  },
  async Bottleneck(done) {
    const queue = new Bottleneck({ maxConcurrent: 1 })
    let begin
    queue.schedule({ priority: 0 }, () => new Promise((resolve) => (begin = resolve)))
    while (!begin) await new Promise((resolve) => setImmediate(resolve))
    for (const [name, priority] of Object.entries(jobs)) queue.schedule(optionsOf(priority), async () => done(name))
    while (queue.counts().QUEUED < 3) await new Promise((resolve) => setImmediate(resolve))
    begin()
  },
}
for (const [library, run] of Object.entries(runs)) {
  const order = []
  await new Promise((resolve) => run((name) => order.push(name) === 3 && resolve()))
  console.log(`${library}: ${order.join(', ')}`)
}
process.exit()
JS
LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu usr/bin/redis-server --port 0 --unixsocket "$folder/redis.socket" --save "" > redis.log &
until [ -S redis.socket ]; do kill -0 $! && sleep 0.1; done
echo 'Bull 4.16.5, BullMQ 6.7.0, p-queue 9.3.5, async 3.2.6, Bottleneck 2.19.5, Redis 7.0.15'
node try.mjs "$folder/redis.socket" 2> /dev/null | tee seen
[ "$(cat seen)" = 'Bull: one, ten, none
BullMQ: none, one, ten
p-queue: ten, one, none
async.priorityQueue: none, one, ten
Bottleneck: one, none, ten' ]
