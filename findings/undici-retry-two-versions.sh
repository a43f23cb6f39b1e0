#!/usr/bin/env bash
# One would guess that undici's RetryAgent, which continues an answer that broke off with a Range for the rest, makes sure that
# it is still the same answer. It does so only by a strong ETag. With Last-Modified, or with the weak tags that Express gives to
# files, it asks for the rest without any condition: neither If-Range nor If-Unmodified-Since, and it doesn't look at the date
# of what arrives. A list of prices that was replaced meanwhile is the first half of the old one and the second of the new one,
# with status 200 and the right length. That is what a deployment does, which cuts connections and replaces files. What helps: a
# strong ETag, with which undici asks for the rest only if nothing has changed, and gives up with an error otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund express@5.3.0 undici@7.30.2 > /dev/null

cat > try.mjs << 'JS'
import { once } from 'node:events'
import { utimesSync, writeFileSync } from 'node:fs'
import express from 'express'
import { Agent, request, RetryAgent } from 'undici'
const write = (price, day) => {
  writeFileSync('prices.csv', Array.from({ length: 20_000 }, (_, index) => `${index},${price}\n`).join(''))
  utimesSync('prices.csv', new Date(day), new Date(day))
}
const ranges = []
const app = express().set('env', 'test').use((req, res, next) => {
  ranges.push(['range', 'if-range', 'if-match', 'if-unmodified-since'].filter((name) => req.headers[name]).join(' and ') || 'none')
  if (ranges.length > 1) return next()
  let sent = 0
  const write_ = res.write
  res.write = (chunk, ...rest) => {
    sent += chunk.length
    if (sent <= 65_536) return write_.call(res, chunk, ...rest)
    write('6.00', '2026-11-02')
    res.destroy() // the old process ends, the new prices are there
    return false
  }
  return next()
})
app.use('/dated', express.static('.', { etag: false }))
app.use('/weak', express.static('.'))
app.use('/strong', express.static('.', { setHeaders: (res, _path, stat) => res.set('ETag', `"${stat.mtimeMs}"`) }))
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const dispatcher = new RetryAgent(new Agent(), { minTimeout: 10 })
for (const kind of ['dated', 'weak', 'strong']) {
  write('5.25', '2026-11-01')
  ranges.length = 0
  const read = async () => {
    const { statusCode, body } = await request(`http://127.0.0.1:${server.address().port}/${kind}/prices.csv`, { dispatcher })
    const text = await body.text()
    const lines = text.split('\n')
    return `${statusCode}, of the old prices: ${lines.some((line) => line.endsWith(',5.25'))}, of the new ones: ${lines.some((line) => line.endsWith(',6.00'))}`
  }
  const seen = await read().catch((error) => error.code)
  console.log(`${kind}: ${seen}; conditions: ${ranges.join(', then ')}`)
}
process.exit()
JS
echo 'undici 7.30.2, express 5.3.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'dated: 200, of the old prices: true, of the new ones: true; conditions: none, then range
weak: 200, of the old prices: true, of the new ones: true; conditions: none, then range
strong: UND_ERR_REQ_RETRY; conditions: none, then range and if-match' ]
