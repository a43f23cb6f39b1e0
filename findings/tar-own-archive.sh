#!/usr/bin/env bash
# One would guess that what the npm package tar has packed, the same version unpacks. A file that compresses very well,
# such as free pages of a database, is packed without a word; extract() then rejects the archive, because its default for
# maxDecompressionRatio is 1000, and gzip reaches 1029 with zeros. list() rejects it as well. GNU tar unpacks it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tar@7.5.23 > /dev/null

head -c 20000000 /dev/zero > zeros
cat > try.mjs << 'JS'
import { mkdirSync, statSync } from 'node:fs'
import { create, extract } from 'tar'
await create({ file: 'own.tar.gz', gzip: true }, ['zeros'])
for (const [name, options] of [['by default', {}], ['without a limit', { maxDecompressionRatio: Infinity }]]) {
  mkdirSync(name)
  const outcome = await extract({ file: 'own.tar.gz', cwd: name, ...options }).then(
    () => `${statSync(`${name}/zeros`).size} bytes`,
    (error) => error.message.replace(/: [\d.]+ > /, ' > '),
  )
  console.log(`${name}: ${outcome}`)
}
JS
echo 'tar 7.5.23'
seen=$(node try.mjs)
echo "$seen"
mkdir gnu
tar -xzf own.tar.gz -C gnu && echo "tar -xzf: $(stat -c %s gnu/zeros) bytes"
[ "$seen" = 'by default: max decompression ratio exceeded > 1000
without a limit: 20000000 bytes' ]
