#!/usr/bin/env bash
# One would guess that what is pushed into a queue is done. If a task has a property called `id`, better-queue takes that as the
# name of the task, and a second one with the same name replaces the first while it waits: "send the file of order 5" followed by
# "write the invoice of order 5" sends nothing. The queue is drained, and the ticket that `push` has returned for the first one is
# finished as well, with the result of the other. Tests with a property of another name, such as `order`, do both. The
# documentation has it under merging of tasks. What helps: `id` as an option, with a name of one's own for each task, or another
# name for the property.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts better-queue@3.8.12 > /dev/null 2>&1

cat > try.cjs << 'JS'
const Queue = require('better-queue')
const tasks = [
  [5, 'send the file'],
  [5, 'write the invoice'],
  [6, 'send the file'],
]
async function run(property, options) {
  const done = []
  const queue = new Queue((task, finish) => {
    done.push(`${task[property]} ${task.task}`)
    finish(null, task.task)
  }, options)
  const drained = new Promise((resolve) => queue.on('drain', resolve))
  const tickets = tasks.map(([number, task]) => queue.push({ [property]: number, task, key: `${number} ${task}` }))
  const finished = Promise.all(tickets.map((ticket) => new Promise((resolve) => ticket.on('finish', resolve))))
  await drained
  console.log(`${property}, ${JSON.stringify(options)}: done: ${done.join(', ')}; tickets: ${(await finished).join(', ')}`)
}
run('id', {}).then(() => run('order', {})).then(() => run('id', { id: 'key' }))
JS
echo 'better-queue 3.8.12'
node try.cjs | tee seen
[ "$(cat seen)" = 'id, {}: done: 5 write the invoice, 6 send the file; tickets: write the invoice, write the invoice, send the file
order, {}: done: 5 send the file, 5 write the invoice, 6 send the file; tickets: send the file, write the invoice, send the file
id, {"id":"key"}: done: 5 send the file, 5 write the invoice, 6 send the file; tickets: send the file, write the invoice, send the file' ]
