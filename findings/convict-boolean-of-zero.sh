#!/usr/bin/env bash
# One would guess that a switch which is set to 0, no or off is off, or an error. In convict, a Boolean from the environment or the command
# line is true unless it is the word false: LIVE_PAYMENTS=0 goes live, and so do no, off, and a variable that is there and empty.
# validate() sees a Boolean and is content. envalid and env-var read 0 as false, envalid no and off as well, and reject the rest.
# What helps: a format with a `coerce` of one's own, which knows the words that it accepts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund convict@6.2.5 envalid@8.2.0 env-var@7.5.0 > /dev/null

cat > try.mjs << 'JS'
import convict from 'convict'
import envVar from 'env-var'
import { bool, cleanEnv } from 'envalid'
const words = { true: true, 1: true, false: false, 0: false }
convict.addFormat({
  name: 'switch',
  coerce: (text) => words[text] ?? text,
  validate: (value) => {
    if (typeof value !== 'boolean') throw new Error('neither on nor off')
  },
})
const readers = {
  convict: (env) => convict({ live: { format: Boolean, default: false, env: 'LIVE' } }, { env, args: [] }).validate().get('live'),
  'convict, own format': (env) => convict({ live: { format: 'switch', default: false, env: 'LIVE' } }, { env, args: [] }).validate().get('live'),
  envalid: (env) => {
    let failed = false
    const { LIVE } = cleanEnv(env, { LIVE: bool() }, { reporter: ({ errors }) => (failed = 'LIVE' in errors) })
    if (failed) throw new Error('no boolean')
    return LIVE
  },
  'env-var': (env) => envVar.from(env).get('LIVE').required().asBool(),
}
for (const [name, read] of Object.entries(readers)) {
  const row = ['true', 'false', '0', 'no', 'off', ''].map((text) => {
    let value = 'rejected'
    try {
      value = read({ LIVE: text })
    } catch {}
    return `${text || 'empty'} ${value}`
  })
  console.log(`${name}: ${row.join(', ')}`)
}
JS
echo 'convict 6.2.5, envalid 8.2.0, env-var 7.5.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'convict: true true, false false, 0 true, no true, off true, empty true
convict, own format: true true, false false, 0 false, no rejected, off rejected, empty rejected
envalid: true true, false false, 0 false, no false, off false, empty rejected
env-var: true true, false false, 0 false, no rejected, off rejected, empty rejected' ]
