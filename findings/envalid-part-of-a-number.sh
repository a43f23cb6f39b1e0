#!/usr/bin/env bash
# One would guess that a library which checks the settings of a program refuses a number that isn't one. envalid's num() takes what
# parseFloat() finds at the beginning: a fee of 0,25 is 0, a limit of 1,000 is 1, a timeout of 30s or 5m is 30 or 5, in whatever
# unit the program has, and a day is its year. env-var refuses all of these. What helps: a validator of one's own, made by
# makeValidator(), that asks Number().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund envalid@8.2.0 env-var@7.5.0 > /dev/null

cat > try.mjs << 'JS'
import envVar from 'env-var'
import { cleanEnv, makeValidator, num } from 'envalid'
const strict = makeValidator((text) => {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new TypeError('no number')
  return value
})
const read = (validator, text) => {
  let failed = false
  const env = cleanEnv({ SETTING: text }, { SETTING: validator() }, { reporter: ({ errors }) => (failed = 'SETTING' in errors) })
  return failed ? 'rejected' : env.SETTING
}
for (const text of ['0.25', '0,25', '1,000', '1_000', '30s', '5m', '2026-11-01']) {
  let other = 'rejected'
  try {
    other = envVar.from({ SETTING: text }).get('SETTING').asFloat()
  } catch {}
  console.log(`${text}: envalid ${read(num, text)}, with Number() ${read(strict, text)}; env-var ${other}`)
}
JS
echo 'envalid 8.2.0, env-var 7.5.0'
node try.mjs | tee seen
[ "$(cat seen)" = '0.25: envalid 0.25, with Number() 0.25; env-var 0.25
0,25: envalid 0, with Number() rejected; env-var rejected
1,000: envalid 1, with Number() rejected; env-var rejected
1_000: envalid 1, with Number() rejected; env-var rejected
30s: envalid 30, with Number() rejected; env-var rejected
5m: envalid 5, with Number() rejected; env-var rejected
2026-11-01: envalid 2026, with Number() rejected; env-var rejected' ]
