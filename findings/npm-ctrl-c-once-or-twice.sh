#!/usr/bin/env bash
# One would guess that Ctrl-C in a terminal reaches the program of `npm run` once, or that it depends on npm. The terminal sends
# SIGINT to everything in the foreground: to npm, and to what it runs. npm then passes its own signal on to its child, which is a
# shell. Whether the program gets the second one depends on that shell: where sh is bash, as on macOS, it replaces itself by its
# last command, so that npm's child is the program itself, and the program is interrupted twice within milliseconds. Where sh is
# Debian's dash, the second one goes to a shell that waits, and the program is interrupted once. So `process.once('SIGINT', stop)`
# lets a program finish its work on one machine and kills it on another. What helps: keep the handler, and take a repetition
# within a second for the same key.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund npm@11.6.2 > /dev/null
cat > count.js << 'JS'
const { writeFileSync } = require('node:fs')
let signals = 0
process.on('SIGINT', () => {
  if (++signals === 1) setTimeout(() => { writeFileSync('signals', String(signals)); process.exit() }, 1500)
})
writeFileSync('ready', '')
setInterval(() => {}, 1000)
JS
npm pkg set scripts.begin='node count.js' > /dev/null
for shell in /bin/dash /bin/bash; do
  rm -f ready signals
  # The key is pressed as soon as the program listens; `script` is the terminal.
  { until [ -e ready ]; do sleep 0.1; done; printf '\003'; until [ -e signals ]; do sleep 0.1; done; sleep 0.5; } |
    timeout 60 script -qec "node_modules/.bin/npm run --silent --script-shell=$shell begin" /dev/null > /dev/null || true
  echo "npm $(node_modules/.bin/npm --version), $shell: interrupted $(cat signals) times"
done | tee seen
[ "$(cat seen)" = 'npm 11.6.2, /bin/dash: interrupted 1 times
npm 11.6.2, /bin/bash: interrupted 2 times' ]
