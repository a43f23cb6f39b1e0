#!/usr/bin/env bash
# One would guess that the parser of rate limits which the authors of express-rate-limit publish reads what express-rate-limit
# writes. It reads drafts 6 and 7 of these headers. Draft 8, which the README of express-rate-limit shows first, names each
# limit and has short keys (`r=0; t=60`). The parser, which is older, doesn't say that it can't read that: the limit and what
# remains are NaN, which is neither 0 nor below 1, and the date is invalid. So a client that stops when nothing remains never
# stops, and a timer until that date is over at once. What helps: `standardHeaders: 'draft-7'` on the one side, or a library for
# structured fields on the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 express-rate-limit@8.7.5 ratelimit-header-parser@0.1.0 \
  structured-headers@2.1.0 > /dev/null

cat > try.mjs << 'JS'
import express from 'express'
import { rateLimit } from 'express-rate-limit'
import { parseRateLimit } from 'ratelimit-header-parser'
import { parseList } from 'structured-headers'
for (const standardHeaders of ['draft-6', 'draft-7', 'draft-8']) {
  const app = express().use(rateLimit({ windowMs: 60_000, limit: 1, standardHeaders, legacyHeaders: false }))
  app.get('/', (req, res) => res.end())
  const server = await new Promise((done) => {
    const begun = app.listen(0, '127.0.0.1', () => done(begun))
  })
  const url = `http://127.0.0.1:${server.address().port}/`
  await fetch(url)
  const answer = await fetch(url)
  const { limit, remaining, reset } = parseRateLimit(answer)
  const hasDate = reset && !Number.isNaN(reset.getTime())
  const date = hasDate ? 'a date' : String(reset)
  console.log(`${standardHeaders}: ${answer.status}, limit ${limit}, remaining ${remaining}, ${date}`)
  if (standardHeaders === 'draft-8') {
    const [[name, values]] = parseList(answer.headers.get('ratelimit'))
    console.log(`structured-headers: ${name}, remaining ${values.get('r')}`)
  }
  server.close()
  server.closeAllConnections()
}
JS
echo 'express-rate-limit 8.7.5, ratelimit-header-parser 0.1.0, structured-headers 2.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'draft-6: 429, limit 1, remaining 0, a date
draft-7: 429, limit 1, remaining 0, a date
draft-8: 429, limit NaN, remaining NaN, Invalid Date
structured-headers: 1-in-1min, remaining 0' ]
