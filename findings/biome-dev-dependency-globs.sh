#!/usr/bin/env bash
# One would guess that `test/**` in the configuration of Biome means the folder `test` beside that configuration, as it
# does in its `files.includes`. In `devDependencies` of the rule noUndeclaredDependencies it matches nothing, and neither
# does `./test/**`: each import of a test is reported as undeclared. Only a pattern that begins with `**/` matches.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool @biomejs/biome@2.6.8 > /dev/null

mkdir -p shop/test
cd shop
echo '{ "name": "shop", "version": "1.0.0", "devDependencies": { "left-pad": "1.3.0" } }' > package.json
echo "import 'left-pad'" > test/pad.test.ts
try() {
  cat > biome.json << JSON
{ "files": { "includes": ["test/**"] }, "linter": { "rules": { "recommended": false, "correctness": {
  "noUndeclaredDependencies": { "level": "error", "options": { "devDependencies": ["$1"] } } } } } }
JSON
  if ../tool/node_modules/.bin/biome lint . > output 2>&1; then echo "$1: allowed"; else echo "$1: $(grep -oE 'noUndeclaredDependencies' output | head -n 1)"; fi
}
seen=$(try 'test/**'; try './test/**'; try '**/test/**')
echo "@biomejs/biome 2.6.8"
echo "$seen"
[ "$seen" = 'test/**: noUndeclaredDependencies
./test/**: noUndeclaredDependencies
**/test/**: allowed' ]
