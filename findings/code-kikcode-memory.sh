#!/usr/bin/env bash
# One would guess that the 35 bytes of a scan code take 35 bytes. Code's package starts a WebAssembly module of its own for each code
# and returns a view of that module's memory, so whoever keeps the code keeps 16 MB of it: little of that is ever touched,
# but a hundred codes count as 1.6 GB of external memory, by which V8 decides when to collect garbage. `slice()` copies the
# 35 bytes, and the rest can go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/kikcode@1.0.6 > /dev/null

cat > try.cjs << 'JS'
const { CodeKind, CodePayload, encode } = require('@code-wallet/kikcode')
async function run() {
  const payload = new CodePayload({ kind: CodeKind.RequestPayment, amount: 25n, currency: 'usd', nonce: new Uint8Array(11) })
  const codes = []
  for (let n = 0; n < 10; n++) codes.push(await encode(payload.toBinary()))
  const memories = new Set(codes.map(({ buffer }) => buffer))
  console.log(`${codes.length} codes of ${codes[0].length} bytes, in ${memories.size} memories of ${codes[0].buffer.byteLength} bytes`)
  console.log(`external memory: ${Math.floor(process.memoryUsage().external / 100e6) * 100} MB and more`)
  console.log(`a copy: ${codes[0].slice().buffer.byteLength} bytes`)
  process.exit()
}
run()
JS
echo "@code-wallet/kikcode $(node -p 'require("@code-wallet/kikcode/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = '10 codes of 35 bytes, in 10 memories of 16777216 bytes
external memory: 100 MB and more
a copy: 35 bytes' ]
