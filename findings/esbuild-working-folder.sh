#!/usr/bin/env bash
# One would guess that a relative path in esbuild's options is relative to the folder in which the process is when it calls
# `build`. esbuild remembers the working folder at the time of its import. After a `process.chdir` in between, the bundle
# is looked for, and written, where the process was before. `absWorkingDir: process.cwd()` uses the present one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund esbuild@0.28.2 > /dev/null

cat > try.mjs << 'JS'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
const before = process.cwd()
mkdirSync('later')
for (const folder of ['.', 'later']) writeFileSync(`${folder}/shop.js`, `console.log('${folder}')`)
process.chdir('later')
await build({ entryPoints: ['shop.js'], outdir: 'out', logLevel: 'silent' })
console.log('written where the process was at the import: ' + existsSync(`${before}/out/shop.js`))
console.log('written where the process is: ' + existsSync('out/shop.js'))
JS
seen=$(node try.mjs)
echo "esbuild 0.28.2:"
echo "$seen"
[ "$seen" = 'written where the process was at the import: true
written where the process is: false' ]
