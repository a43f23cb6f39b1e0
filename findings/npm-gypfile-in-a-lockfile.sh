#!/usr/bin/env bash
# One would guess that `npm ci` runs the same install scripts as the `npm install` that wrote the lockfile. A package that
# comes with its binaries, such as better-sqlite3 13, says `"gypfile": false`, so that npm doesn't run node-gyp just because there
# is a binding.gyp. `npm install` without a lockfile respects that. A lockfile has no such field, so with one, npm 10 and 11 run
# node-gyp, and the installation fails on a machine without Python or a compiler. npm 12 does so where scripts of the package
# are allowed, and otherwise reports that it has blocked one. Whoever writes such a package can leave binding.gyp out of it, or
# add an install script that does nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir tools package app
npm install --silent --no-audit --no-fund --prefix tools \
  npm-10@npm:npm@10.9.9 npm-11@npm:npm@11.19.1 npm-12@npm:npm@12.2.2 node@22.23.3 > /dev/null

# A package with a binding.gyp that has nothing to build, and a shell that only writes down which script it was to run.
echo '{ "name": "prebuilt", "version": "1.0.0", "gypfile": false }' > package/package.json
echo '{ "targets": [{ "target_name": "nothing", "type": "none" }] }' > package/binding.gyp
tar czf prebuilt-1.0.0.tgz package
printf '#!/bin/sh\necho "$2" > "%s/script"\n' "$folder" > shell
chmod +x shell
cat > app/package.json << JSON
{
  "name": "app",
  "dependencies": { "prebuilt": "file:../prebuilt-1.0.0.tgz" },
  "allowScripts": { "file:$folder/prebuilt-1.0.0.tgz": true }
}
JSON

cd app
run() {
  local version=$1
  shift
  rm -rf ../script node_modules
  local npm="../tools/node_modules/npm-$version/bin/npm-cli.js"
  ../tools/node_modules/node/bin/node "$npm" "$@" --silent --no-audit --no-fund --script-shell="$folder/shell" > /dev/null
  cat ../script 2> /dev/null || echo 'runs nothing'
}
for version in 10 11 12; do
  rm -f package-lock.json
  echo "npm $version install, without a lockfile: $(run $version install)"
  echo "npm $version ci: $(run $version ci)"
  echo "npm $version install, with the lockfile: $(run $version install)"
done | tee ../seen
for version in 10 11 12; do
  echo "npm $version install, without a lockfile: runs nothing"
  echo "npm $version ci: node-gyp rebuild"
  echo "npm $version install, with the lockfile: node-gyp rebuild"
done | diff ../seen -
