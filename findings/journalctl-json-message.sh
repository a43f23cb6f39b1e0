#!/usr/bin/env bash
# One would guess that the MESSAGE of an entry is a string in `journalctl --output=json`, as it is in all examples. It has three types.
# A message of 4096 bytes or so, such as the stack of an error in a line of JSON, is null. One with a byte that isn't printable, such
# as a line that pino-pretty has coloured, is an array of numbers. So a program that forwards the journal loses just the
# longest messages, without an error. All of this is in the manual, below the option. What helps: `--all` for the first,
# `--output=cat` for both if the message is all one needs, and no colours in a log that isn't read from a terminal.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2 systemd-journal-remote=252.39-1~deb12u2 \
  libmicrohttpd12=0.9.75-6 2> /dev/null
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu/systemd:usr/lib/x86_64-linux-gnu
npm install --silent --no-audit --no-fund --ignore-scripts pino@10.4.0 pino-pretty@13.2.0 > /dev/null

# The lines that pino and pino-pretty write, each as an entry in the journal's export format
cat > entries.cjs << 'JS'
const pino = require('pino')
const pretty = require('pino-pretty')
const lines = []
const destination = { write: (line) => lines.push(line.trimEnd()) }
const options = { base: null, timestamp: false }
pino(options, destination).info('paid')
pino(options, destination).info('x'.repeat(5_000))
for (const colorize of [false, true]) lines.push(pretty.prettyFactory({ colorize })({ level: 30, msg: 'paid' }).trimEnd())
lines.forEach((line, index) => {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(line)))
  process.stdout.write(`__REALTIME_TIMESTAMP=${1_790_000_000_000_000 + index}\n__MONOTONIC_TIMESTAMP=${index + 1}\n`)
  process.stdout.write(`_BOOT_ID=${'1'.repeat(32)}\nMESSAGE\n`)
  process.stdout.write(Buffer.concat([length, Buffer.from(`${line}\n\n`)]))
})
JS
cat > show.cjs << 'JS'
for (const line of require('node:fs').readFileSync(0, 'utf8').trimEnd().split('\n')) {
  const { MESSAGE: message } = JSON.parse(line)
  const shown = JSON.stringify(message)
  console.log(shown.length > 60 ? `${shown.slice(0, 30)}… (${shown.length} characters)` : shown)
}
JS
node entries.cjs > entries
lib/systemd/systemd-journal-remote --output="$folder/shop.journal" entries > /dev/null 2>&1
journal() { bin/journalctl --file=shop.journal --quiet "$@"; }
seen="$(journal --output=json | node show.cjs)
with --all: $(journal --output=json --all | node show.cjs | sed -n 2p)
with --output=cat: $(journal --output=cat | wc --bytes) bytes of $(($(journal --output=cat | wc --lines))) lines"
bin/journalctl --version | head -n 1
echo "$seen"
[ "$seen" = '"{\"level\":30,\"msg\":\"paid\"}"
null
"INFO: paid"
[27,91,51,50,109,73,78,70,79,2… (98 characters)
with --all: "{\"level\":30,\"msg\":\"xxxxx… (5029 characters)
with --output=cat: 5090 bytes of 4 lines' ]
