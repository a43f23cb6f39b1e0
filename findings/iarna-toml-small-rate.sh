#!/usr/bin/env bash
# One would guess that a library for TOML can read the numbers that it writes. @iarna/toml writes a number by cutting its text at the
# point and putting both parts together again. A rate of 0.0000001 is 1e-7 in JavaScript, which has no point, so the file says
# `1e-7.undefined`. It's written without an error, and nothing reads it. Ordinary rates are fine, and so is 1.2345e-7, so it takes the
# rate of a cheap coin to break a file that is read at the next start. What helps: smol-toml, or such numbers as texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @iarna/toml@3.0.0 smol-toml@1.9.1 > /dev/null

cat > try.mjs << 'JS'
import iarna from '@iarna/toml'
import * as smol from 'smol-toml'
const read = (parse, text) => {
  try {
    return parse(text).rate
  } catch {
    return 'an error'
  }
}
for (const rate of [0.25, 0.000001, 0.0000001, 0.00000012345, 12345678.25]) {
  const texts = { '@iarna/toml': iarna.stringify({ rate }), 'smol-toml': smol.stringify({ rate }) }
  for (const [name, text] of Object.entries(texts)) {
    console.log(`${name} writes ${text.trim()}; @iarna/toml reads ${read(iarna.parse, text)}, smol-toml ${read(smol.parse, text)}`)
  }
}
JS
echo '@iarna/toml 3.0.0, smol-toml 1.9.1'
node try.mjs | tee seen
[ "$(cat seen)" = '@iarna/toml writes rate = 0.25; @iarna/toml reads 0.25, smol-toml 0.25
smol-toml writes rate = 0.25; @iarna/toml reads 0.25, smol-toml 0.25
@iarna/toml writes rate = 0.000001; @iarna/toml reads 0.000001, smol-toml 0.000001
smol-toml writes rate = 0.000001; @iarna/toml reads 0.000001, smol-toml 0.000001
@iarna/toml writes rate = 1e-7.undefined; @iarna/toml reads an error, smol-toml an error
smol-toml writes rate = 1e-7; @iarna/toml reads 1e-7, smol-toml 1e-7
@iarna/toml writes rate = 1.2345e-7; @iarna/toml reads 1.2345e-7, smol-toml 1.2345e-7
smol-toml writes rate = 1.2345e-7; @iarna/toml reads 1.2345e-7, smol-toml 1.2345e-7
@iarna/toml writes rate = 12_345_678.25; @iarna/toml reads 12345678.25, smol-toml 12345678.25
smol-toml writes rate = 12345678.25; @iarna/toml reads 12345678.25, smol-toml 12345678.25' ]
