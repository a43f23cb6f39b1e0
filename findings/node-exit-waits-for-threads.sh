#!/usr/bin/env bash
# One would guess that process.exit() ends a program at once, whatever is still pending, as its documentation promises. The event
# loop does end, and no callback is called any more. But work that was handed to the thread pool is finished first, also what is
# still waiting in its queue, and the results are thrown away. The pool hashes passwords, compresses, reads files, and looks up host
# names: where no name server answers, a program that has printed its last line and called process.exit() stays for half a minute.
# What helps: let another process kill it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > leave.mjs << 'JS'
import { pbkdf2 } from 'node:crypto'
const [jobs, rounds] = process.argv.slice(2).map(Number)
for (let job = 0; job < jobs; job++) pbkdf2('a', 'b', rounds, 64, 'sha512', () => console.log('called back'))
console.log('leaving')
process.exit()
JS
cat > try.mjs << 'JS'
import { spawn } from 'node:child_process'
import { pbkdf2Sync } from 'node:crypto'
const ROUNDS = 1_000_000
const beganAt = performance.now()
pbkdf2Sync('a', 'b', ROUNDS, 64, 'sha512')
const job = performance.now() - beganAt

/** Runs the program with one thread, and returns for how many jobs' time it stayed after its last line. */
async function stay(jobs) {
  const child = spawn(process.execPath, ['leave.mjs', jobs, ROUNDS], { env: { ...process.env, UV_THREADPOOL_SIZE: 1 } })
  let said = ''
  let leftAt
  child.stdout.on('data', (text) => {
    leftAt ??= performance.now()
    said += text
  })
  await new Promise((done) => child.once('close', done))
  return { said: said.trim(), jobs: (performance.now() - leftAt) / job }
}
const [none, three] = [await stay(0), await stay(3)]
console.log(`after its last line, it stayed for the time of ${none.jobs.toFixed(1)} jobs with none pending, and of ${three.jobs.toFixed(1)} with three pending; it said: ${three.said}`)
process.exitCode = none.jobs < 0.75 && three.jobs > 1.5 && three.said === 'leaving' ? 0 : 1
JS
echo "Node $(node --version)"
node try.mjs
