#!/usr/bin/env bash
# One would guess that `tsx watch --include .env` restarts a server when its settings change, since `--include` names further files to
# watch. Files whose names begin with a dot are never watched, and nothing says so: the option is taken, and the server goes on with
# the old settings. A file without the dot restarts it. What helps: to watch `.env`
# oneself, and to send tsx a line break, at which it restarts as well, as Nickel’s npm run dev does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tsx@4.23.15 > /dev/null

echo 'console.log("started")' > main.mjs
cat > try.mjs << 'JS'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** How often the program starts if this file is included, and changes until there is a second start, for five seconds at most. */
async function countStarts(file, change) {
  writeFileSync(file, 'A=1\n')
  const child = spawn('node_modules/.bin/tsx', ['watch', '--include', file, 'main.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] })
  let starts = 0
  child.stdout.on('data', (text) => { starts += String(text).split('started').length - 1 })
  while (starts === 0) await delay(50)
  for (let turn = 0; turn < 10 && starts < 2; turn++) {
    change(file, child, turn)
    await delay(500)
  }
  child.kill()
  return starts > 1 ? 'restarted' : 'not restarted'
}

const write = (file, _child, turn) => writeFileSync(file, `A=${turn + 2}\n`)
console.log(`settings.txt is included and changes: ${await countStarts('settings.txt', write)}`)
console.log(`.env is included and changes: ${await countStarts('.env', write)}`)
console.log(`.env is included, and a line break is sent: ${await countStarts('.env', (_file, child) => child.stdin.write('\n'))}`)
process.exit()
JS
echo 'tsx 4.23.15'
node try.mjs | tee seen
[ "$(cat seen)" = 'settings.txt is included and changes: restarted
.env is included and changes: not restarted
.env is included, and a line break is sent: restarted' ]
