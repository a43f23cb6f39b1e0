#!/usr/bin/env bash
# One would guess that a worker thread that is started with `execArgv: ['--import', 'tsx']` compiles TypeScript, as a process
# does that is started with the same options. It doesn't: tsx registers itself on the main thread only, and the thread fails
# with the error that it would have without the option, as if it weren't there. What helps is to register tsx within the
# thread, by `register()` of `tsx/esm/api`, before the first import of TypeScript.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tsx@4.23.15 > /dev/null

# An enum, because newer versions of Node remove types by themselves, and can't compile this.
echo 'enum Answer { yes = "compiled" } export default Answer.yes' > answer.mts
cat > thread.mjs << 'JS'
import { parentPort, workerData } from 'node:worker_threads'
if (workerData.registers) (await import('tsx/esm/api')).register()
const answer = await import('./answer.mts').then((module) => module.default, (error) => `not compiled (${error.code})`)
parentPort.postMessage(answer)
JS
cat > threads.mjs << 'JS'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
const answerOf = async (options) => (await once(new Worker('./thread.mjs', options), 'message'))[0]
console.log('a thread with --import tsx:', await answerOf({ execArgv: ['--import', 'tsx'], workerData: {} }))
console.log('a thread that registers tsx:', await answerOf({ execArgv: [], workerData: { registers: true } }))
JS
echo 'console.log("a process with --import tsx:", (await import("./answer.mts")).default)' > process.mjs
seen=$(node --import tsx process.mjs; node threads.mjs)
echo "tsx 4.23.15, Node $(node --version):"
echo "$seen"
[[ "$seen" =~ ^'a process with --import tsx: compiled'$'\n''a thread with --import tsx: not compiled'.*$'\n''a thread that registers tsx: compiled'$ ]]
