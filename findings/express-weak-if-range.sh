#!/usr/bin/env bash
# One would guess that Express continues a download only where HTTP lets it: with a strong ETag, or with exactly the date that was
# sent. The ETag of a file is weak, made of its size and time, and a weak one is enough for a part; so is any date after that of
# the file. It is what makes continuing work at all, since there is no strong tag. The price: two versions of a file with the same size,
# written within the same millisecond, would be mixed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 > /dev/null
printf 'pay, then read' > file.txt
touch -d '2026-11-01 12:00:00 UTC' file.txt

cat > try.cjs << 'JS'
const express = require('express')
const app = express().get('/', (_req, res) => res.sendFile(`${process.cwd()}/file.txt`))
const server = app.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/`
  const { headers } = await fetch(url)
  for (const [what, validator] of [
    ['its weak tag', headers.get('etag')],
    ['another tag', 'W/"another"'],
    ['its date', headers.get('last-modified')],
    ['a later date', 'Sun, 29 Nov 2026 12:00:00 GMT'],
    ['an earlier date', 'Sat, 31 Oct 2026 12:00:00 GMT'],
  ]) {
    const { status } = await fetch(url, { headers: { Range: 'bytes=5-', 'If-Range': validator } })
    console.log(`${what}: ${status === 206 ? 'a part' : 'the whole'}`)
  }
  server.close()
})
JS
echo "express $(node -p 'require("express/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'its weak tag: a part
another tag: the whole
its date: a part
a later date: a part
an earlier date: the whole' ]
