#!/usr/bin/env bash
# One would guess that what a limiter refuses isn't used up. rate-limiter-flexible adds the points first and looks then. So a
# request for 200 of 100 points, such as a list of that many addresses, is refused and takes what was left: a request for one is
# refused as well, until the hour is over. With a union of two limits, what the one refuses is taken from the other: whoever
# tries five times in an hour, with one allowed, has used up the five of the day. It is meant so, says its author (pull request
# 69), as a way to count attempts; the README doesn't mention it. What helps: `get` before `consume` where requests differ in
# size, or `reward` behind what was refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rate-limiter-flexible@11.4.0 > /dev/null

cat > try.cjs << 'JS'
const { RateLimiterMemory, RateLimiterUnion } = require('rate-limiter-flexible')
const attempt = (what, limiter, points) =>
  limiter.consume('Ada', points).then(
    () => console.log(`${what}: accepted`),
    () => console.log(`${what}: refused`),
  )
async function run() {
  const limiter = new RateLimiterMemory({ points: 100, duration: 3600 })
  await attempt('10 of 100', limiter, 10)
  await attempt('200 of 100', limiter, 200)
  await attempt('1 of 100', limiter, 1)
  console.log(`counted: ${(await limiter.get('Ada')).consumedPoints}`)

  const perHour = new RateLimiterMemory({ points: 1, duration: 3600, keyPrefix: 'hour' })
  const perDay = new RateLimiterMemory({ points: 5, duration: 86_400, keyPrefix: 'day' })
  const both = new RateLimiterUnion(perHour, perDay)
  for (let i = 1; i <= 5; i++) await attempt(`both, ${i}`, both)
  const { consumedPoints, remainingPoints } = await perDay.get('Ada')
  console.log(`of the day: ${consumedPoints} used, ${remainingPoints} left`)
}
run()
JS
echo 'rate-limiter-flexible 11.4.0'
node try.cjs | tee seen
[ "$(cat seen)" = '10 of 100: accepted
200 of 100: refused
1 of 100: refused
counted: 211
both, 1: accepted
both, 2: refused
both, 3: refused
both, 4: refused
both, 5: refused
of the day: 5 used, 0 left' ]
