#!/usr/bin/env bash
# One would guess that a prompt whose input is piped takes the line as the answer, or throws when the input ends. @clack/prompts
# shows the letters, but a line feed is not its Enter key, only a carriage return is, which a pipe doesn't have. At the end of the
# input nothing happens at all: the promise stays open, no `catch` and no `finally` runs, and Node ends the process with code 13. The
# same happens on a terminal after Ctrl-D. What helps: ask only where `process.stdin.isTTY`, and give each prompt an AbortSignal that
# `process.once('beforeExit', …)` aborts; then it counts as cancelled.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @clack/prompts@1.9.0 > /dev/null

cat > ask.mjs << 'JS'
import { isCancel, text } from '@clack/prompts'
const over = new AbortController()
if (process.argv[2] === 'helped') process.once('beforeExit', () => over.abort())
try {
  const answer = await text({ message: 'Name?', signal: over.signal })
  console.error(isCancel(answer) ? 'cancelled' : `answered ${answer}`)
} catch {
  console.error('thrown')
} finally {
  console.error('finally')
}
JS
ask() { # Prints the exit code and what the program said about the answer, without what Node says
  local code=0
  printf "$1" | node ask.mjs "${2:-}" > /dev/null 2> said || code=$?
  echo "$code" $(grep -xE 'answered .*|cancelled|thrown|finally' said || true)
}
seen="line feed: $(ask 'Ann\n'). carriage return: $(ask 'Ann\r'). nothing: $(ask ''). helped: $(ask 'Ann\n' helped)."
echo "@clack/prompts 1.9.0, Node $(node --version): $seen"
[ "$seen" = 'line feed: 13. carriage return: 0 answered Ann finally. nothing: 13. helped: 0 cancelled finally.' ]
