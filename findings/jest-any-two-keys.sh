#!/usr/bin/env bash
# One would guess that a test which expects a certain public key fails for another one. To Jest, chai and fast-deep-equal, any two
# keys of node:crypto are equal, since what a key is can't be seen from JavaScript, and they compare what can. node:assert and
# lodash know of it. Two Blobs of other bytes, and two formats of other currencies (Intl.NumberFormat), are equal as well, to
# node:assert too. So the test that a shop reads the key of its payment service passes with the key of anybody. What helps:
# `a.equals(b)`, or comparing what is exported: `key.export({ format: 'jwk' })`, `await blob.text()`, `format.resolvedOptions()`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund expect@30.5.2 chai@6.3.0 lodash@4.18.1 fast-deep-equal@3.1.3 > /dev/null

cat > try.mjs << 'JS'
import assert from 'node:assert'
import { generateKeyPairSync } from 'node:crypto'
import * as chai from 'chai'
import { expect } from 'expect'
import equal from 'fast-deep-equal'
import lodash from 'lodash'
const key = () => generateKeyPairSync('ed25519').publicKey
const format = (currency) => new Intl.NumberFormat('en', { style: 'currency', currency })
const pairs = { keys: [key(), key()], blobs: [new Blob(['5.25']), new Blob(['9.99'])], formats: [format('EUR'), format('USD')] }
const checks = {
  'Jest, toStrictEqual': (a, b) => expect(a).toStrictEqual(b),
  chai: (a, b) => chai.assert.deepEqual(a, b),
  'fast-deep-equal': (a, b) => equal(a, b),
  lodash: (a, b) => lodash.isEqual(a, b),
  'node:assert': (a, b) => assert.deepStrictEqual(a, b),
}
const answer = (check, pair) => {
  try {
    return check(...pair) === false ? 'differ' : 'equal'
  } catch {
    return 'differ'
  }
}
for (const [name, check] of Object.entries(checks)) {
  console.log(`${name}: ${Object.entries(pairs).map(([what, pair]) => `${what} ${answer(check, pair)}`).join(', ')}`)
}
console.log(`equals of a key: ${pairs.keys[0].equals(pairs.keys[1])}`)
JS
echo 'expect (Jest) 30.5.2, chai 6.3.0, fast-deep-equal 3.1.3, lodash 4.18.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'Jest, toStrictEqual: keys equal, blobs equal, formats equal
chai: keys equal, blobs equal, formats equal
fast-deep-equal: keys equal, blobs equal, formats equal
lodash: keys differ, blobs differ, formats differ
node:assert: keys differ, blobs equal, formats equal
equals of a key: false' ]
