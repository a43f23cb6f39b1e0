#!/usr/bin/env bash
# One would guess that npm skips an optional dependency whose `engines` don't match this Node, along with all packages that
# only it needs. That is so for packages from a registry. A folder (`file:`) is a link, and the rule was not meant for links
# in npm 10, which comes with Node 20 and 22: it installs everything that the skipped folder depends on. npm 11 skips that as well.
# `install-links=true` in .npmrc helps: the folder is then copied, and treated like any other package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p npm10 npm11 project/old
npm install --silent --no-audit --no-fund --ignore-scripts --prefix npm10 npm@10.8.2 > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix npm11 npm@11.19.1 > /dev/null

echo '{ "private": true, "optionalDependencies": { "old": "file:old" } }' > project/package.json
echo '{ "name": "old", "version": "1.0.0", "engines": { "node": "<1" }, "dependencies": { "leven": "4.1.0" } }' > project/old/package.json
cd project
for links in true false; do
  for npm in 10 11; do
    rm -rf node_modules package-lock.json
    run() { node "../npm$npm/node_modules/npm/bin/npm-cli.js" "$@" --install-links=$links --silent --no-audit --no-fund > /dev/null; }
    run install --package-lock-only
    run ci
    if [ -e node_modules/leven ] || [ -e old/node_modules/leven ]; then what=installed; else what=skipped; fi
    rm -rf old/node_modules
    echo "npm $(node "../npm$npm/node_modules/npm/bin/npm-cli.js" --version), install-links=$links: $what"
  done
done | tee ../seen
[ "$(cat ../seen)" = 'npm 10.8.2, install-links=true: skipped
npm 11.19.1, install-links=true: skipped
npm 10.8.2, install-links=false: installed
npm 11.19.1, install-links=false: skipped' ]
