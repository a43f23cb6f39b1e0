#!/usr/bin/env bash
# One would guess that looking at a file descriptor has nothing to do with which module an import finds. On Node 20 and 22, an
# import of a linked package that was required before, such as one of a workspace, gives an empty object if the last fstatSync()
# was of a pipe or a socket, such as standard output: the path is then resolved only up to the link, because the buffer with
# the result of that call is read once more. Node 24 follows the link. To learn whether standard output is a pipe, look at the
# class of process.stdout.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 20.19.6 22.23.3 24.21.0; do
  npm install --silent --no-audit --no-fund --prefix "node$version" "node@$version" > /dev/null
done

mkdir -p package node_modules
ln -s ../package node_modules/linked
echo '{ "name": "linked", "version": "1.0.0" }' > package/package.json
echo "module.exports = 'the package'" > package/index.js
cat > try.mjs << 'JS'
import { fstatSync } from 'node:fs'
import { createRequire } from 'node:module'

createRequire(import.meta.url)('linked')
fstatSync(1)
const { default: found } = await import('linked')
console.log(process.version, typeof found === 'string' ? found : 'an empty object')
JS
for version in 20.19.6 22.23.3 24.21.0; do
  node="node$version/node_modules/node/bin/node"
  "$node" try.mjs > file
  echo "$(cat file), if standard output is a file"
  echo "$("$node" try.mjs | cat), if it is a pipe"
done | tee seen
[ "$(cat seen)" = 'v20.19.6 the package, if standard output is a file
v20.19.6 an empty object, if it is a pipe
v22.23.3 the package, if standard output is a file
v22.23.3 an empty object, if it is a pipe
v24.21.0 the package, if standard output is a file
v24.21.0 the package, if it is a pipe' ]
