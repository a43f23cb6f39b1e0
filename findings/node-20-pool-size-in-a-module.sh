#!/usr/bin/env bash
# One would guess that a program can set UV_THREADPOOL_SIZE in its first line, since libuv reads it when the pool gets its first
# task. That is true of CommonJS everywhere, and of an ES module from Node 22 on. On Node 20, it is too late: the loader reads
# modules through the pool, so its four threads are there before the first line of the first module runs, and nobody is told.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 20.19.6 22.23.3; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

cat > count.cjs << 'JS'
const { pbkdf2 } = require('node:crypto')
const { readdirSync } = require('node:fs')
/** How many threads the process has once its pool is busy. */
module.exports = async () => {
  await Promise.all(Array.from({ length: 16 }, () => new Promise((done) => pbkdf2('a', 'b', 1_000, 32, 'sha512', done))))
  return readdirSync('/proc/self/task').length
}
JS
cat > module.mjs << 'JS'
if (process.argv[2]) process.env.UV_THREADPOOL_SIZE = process.argv[2]
const { default: count } = await import('./count.cjs')
console.log(await count())
JS
cat > common.cjs << 'JS'
if (process.argv[2]) process.env.UV_THREADPOOL_SIZE = process.argv[2]
require('./count.cjs')().then(console.log)
JS
for version in 20.19.6 22.23.3; do
  node="node$version/node_modules/node/bin/node"
  for file in module.mjs common.cjs; do
    echo "Node $version, $file: $(($("$node" "$file" 4) - $("$node" "$file" 2))) threads fewer with 2 than with 4"
  done
done | tee seen
[ "$(cat seen)" = 'Node 20.19.6, module.mjs: 0 threads fewer with 2 than with 4
Node 20.19.6, common.cjs: 2 threads fewer with 2 than with 4
Node 22.23.3, module.mjs: 2 threads fewer with 2 than with 4
Node 22.23.3, common.cjs: 2 threads fewer with 2 than with 4' ]
