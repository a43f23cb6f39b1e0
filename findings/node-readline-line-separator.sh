#!/usr/bin/env bash
# One would guess that node:readline reads JSON Lines, such as a log, as they were written: one value from each newline to the
# next, in every version of Node. Node 26 also ends a line at U+2028 and U+2029, which JSON allows inside a string, and which
# JSON.stringify leaves as they are; Node 20 doesn't. So with another Node, one entry whose text has such a character, as text from
# a word processor may, is two lines that are no JSON. What helps: split at \n.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 20.20.2 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > try.mjs << 'JS'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

const isJson = (text) => {
  try { JSON.parse(text); return true } catch { return false }
}
const written = `${JSON.stringify({ title: 'Bread\u2028and butter' })}\n`
const lines = []
for await (const line of createInterface(Readable.from([written]))) lines.push(line)
console.log(`${process.version} readline: lines ${lines.length}, of them JSON ${lines.filter(isJson).length}`)
const split = written.trimEnd().split('\n')
console.log(`${process.version} split: lines ${split.length}, of them JSON ${split.filter(isJson).length}`)
JS
for version in 20.20.2 26.10.0; do "node$version/node_modules/node/bin/node" try.mjs; done | tee seen
[ "$(cat seen)" = 'v20.20.2 readline: lines 1, of them JSON 1
v20.20.2 split: lines 1, of them JSON 1
v26.10.0 readline: lines 2, of them JSON 0
v26.10.0 split: lines 1, of them JSON 1' ]
