#!/usr/bin/env bash
# One would guess that the order of two files of settings means the same to all that read them. Given `.env` and
# `.env.production`, in this order, Node (`--env-file` twice) and a shell let the later one win; dotenv and dotenvx keep
# the first value that they find. So a start with `node --env-file=.env --env-file=.env.production` runs with the address of
# production, and the same two files in dotenv's list are the address of a laptop. Each documents its own rule. A variable that
# the process has already counts more than a file to Node and dotenv. What helps: a setting in one file only, or
# `override: true` for dotenv.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts dotenv@18.0.10 @dotenvx/dotenvx@2.38.2 > /dev/null 2>&1

echo 'SHOP_URL=http://localhost:3000' > .env
echo 'SHOP_URL=https://shop.example' > .env.production
echo 'console.log(process.env.SHOP_URL)' > show.mjs
cat > dotenv.mjs << 'JS'
import dotenv from 'dotenv'
dotenv.config({ path: ['.env', '.env.production'], quiet: true })
console.log(process.env.SHOP_URL)
JS
{
  echo "node --env-file: $(node --env-file=.env --env-file=.env.production show.mjs)"
  echo "dotenv: $(node dotenv.mjs)"
  echo "dotenvx: $(node_modules/.bin/dotenvx run --quiet -f .env -f .env.production -- node show.mjs)"
  echo "a shell: $(set -a && . ./.env && . ./.env.production && node show.mjs)"
  echo "node, the variable set before: $(SHOP_URL=mine node --env-file=.env --env-file=.env.production show.mjs)"
  echo "dotenv, the variable set before: $(SHOP_URL=mine node dotenv.mjs)"
} > seen
node --version
cat seen
[ "$(cat seen)" = 'node --env-file: https://shop.example
dotenv: http://localhost:3000
dotenvx: http://localhost:3000
a shell: https://shop.example
node, the variable set before: mine
dotenv, the variable set before: mine' ]
