#!/usr/bin/env bash
# One would guess that importing `z` from zod, or the small variant zod/mini that exists for bundle size, loads the
# validators and the English messages. Without a bundler, both load the messages of every language that zod knows, a
# module each: most of what is loaded, and some megabytes of memory in a server that never speaks any of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts zod@4.6.7 > /dev/null

cat > count.mjs << 'JS'
import { appendFileSync } from 'node:fs'
export async function load(url, context, next) {
  appendFileSync(process.env.SEEN, url + '\n')
  return next(url, context)
}
JS
count() {
  export SEEN="$folder/seen"
  : > "$SEEN"
  echo "import { string } from '$1'; string()" > try.mjs
  node --no-warnings --experimental-loader ./count.mjs try.mjs
  echo "$1: $(grep -c '/zod/' "$SEEN") modules, $(grep -cE '/locales/[a-zA-Z-]+\.js' "$SEEN") of them locales"
}
seen=$(count zod; count zod/mini)
echo "zod 4.6.7"
echo "$seen"
[ "$(grep -oE '[0-9]+ of them locales' <<< "$seen" | sort -u | wc -l)" -eq 1 ]
[ "$(grep -oE '[0-9]+ of them locales' <<< "$seen" | head -n 1 | grep -oE '^[0-9]+')" -gt 40 ]
