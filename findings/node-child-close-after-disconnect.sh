#!/usr/bin/env bash
# One would guess that a child process always emits `close` once it has ended and its outputs have, so that whoever has read
# all it said waits for that. If this side has called disconnect() on a child with an IPC channel, which is how to let a child end in
# order on every system, `close` never comes: the channel counts as one of the child's streams, and its end is told only if the child
# closes it. `exit` and `disconnect` do come. What helps: wait for `exit`, and for the end of stdout and stderr.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 20.20.2 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > try.mjs << 'JS'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'

async function end(how, stop) {
  const program = 'process.on("disconnect", () => process.exit()).send("ready")'
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const seen = []
  for (const event of ['exit', 'disconnect', 'close']) child.once(event, () => seen.push(event))
  await once(child, 'message')
  stop(child)
  await Promise.all([once(child, 'exit'), ...[child.stdout, child.stderr].map((output) => finished(output.resume()))])
  await new Promise((resolve) => setTimeout(resolve, 500))
  console.log(`${process.version} ${how}: ${seen.sort().join(', ')}`)
}
await end('kill()', (child) => child.kill())
await end('disconnect()', (child) => child.disconnect())
JS
for version in 20.20.2 26.10.0; do "node$version/node_modules/node/bin/node" try.mjs; done | tee seen
[ "$(cat seen)" = 'v20.20.2 kill(): close, disconnect, exit
v20.20.2 disconnect(): disconnect, exit
v26.10.0 kill(): close, disconnect, exit
v26.10.0 disconnect(): disconnect, exit' ]
