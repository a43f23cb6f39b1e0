#!/usr/bin/env bash
# One would guess that whatever reads gzip reads a log that was compressed piece by piece: `gzip >> log.gz` each day, or several
# files joined, which gzip's manual suggests, and which zcat, zlib, pako and DecompressionStream read as one text. fflate's
# gunzipSync reads the first piece only, into as many bytes as the last piece has. So the text of Monday is cut to the length of
# Tuesday's, or complete, if that is longer, and there is no error in either case. Its streaming Gunzip reads them all. What
# helps: that, or zlib.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fflate@0.8.3 pako@3.0.3 > /dev/null

for piece in 'Monday: 120 sales\n' 'Tuesday: 7\n'; do printf '%b' "$piece" | gzip >> shrinking.gz; done
for piece in 'Monday: 7\n' 'Tuesday: 120 sales\n'; do printf '%b' "$piece" | gzip >> growing.gz; done
cat > try.mjs << 'JS'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as fflate from 'fflate'
import { ungzip } from 'pako'
const text = (bytes) => JSON.stringify(Buffer.from(bytes).toString())
for (const name of ['shrinking', 'growing']) {
  const bytes = readFileSync(`${name}.gz`)
  console.log(`${name}, zlib: ${text(gunzipSync(bytes))}`)
  console.log(`${name}, pako: ${text(ungzip(bytes))}`)
  console.log(`${name}, gunzipSync: ${text(fflate.gunzipSync(bytes))}`)
  const pieces = []
  new fflate.Gunzip((piece) => pieces.push(piece)).push(bytes, true)
  console.log(`${name}, Gunzip: ${text(Buffer.concat(pieces))}`)
}
JS
echo 'fflate 0.8.3, pako 3.0.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'shrinking, zlib: "Monday: 120 sales\nTuesday: 7\n"
shrinking, pako: "Monday: 120 sales\nTuesday: 7\n"
shrinking, gunzipSync: "Monday: 120"
shrinking, Gunzip: "Monday: 120 sales\nTuesday: 7\n"
growing, zlib: "Monday: 7\nTuesday: 120 sales\n"
growing, pako: "Monday: 7\nTuesday: 120 sales\n"
growing, gunzipSync: "Monday: 7\n"
growing, Gunzip: "Monday: 7\nTuesday: 120 sales\n"' ]
