#!/usr/bin/env bash
# One would guess that a test which compares an error with the expected one sees that its status is another. Jest's `toEqual`, and
# `toStrictEqual` too, compare the messages of errors, and none of their own fields: 402 is 500, a payment that may be tried again
# is one that may not, and the codes of a list of errors (AggregateError) don't count. The same goes for chai, lodash's isEqual and
# fast-deep-equal. Objects with the same fields that aren't errors differ, and so do errors to node:assert and sinon. So tests that
# were moved from one to the other begin to fail, or pass for ever. What helps: `toMatchObject({ message, status })`, or `toEqual`
# of the fields.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund expect@30.5.2 chai@6.3.0 lodash@4.18.1 fast-deep-equal@3.1.3 sinon@22.1.0 > /dev/null

cat > try.mjs << 'JS'
import assert from 'node:assert'
import * as chai from 'chai'
import { expect } from 'expect'
import equal from 'fast-deep-equal'
import lodash from 'lodash'
import sinon from 'sinon'
class PaymentError extends Error {
  constructor(message, status) {
    super(message)
    this.status = status
  }
}
const seen = new PaymentError('The payment failed', 500)
const expected = new PaymentError('The payment failed', 402)
const passes = (check) => {
  try {
    return check() === false ? 'another error' : 'the same error'
  } catch {
    return 'another error'
  }
}
const checks = {
  'Jest, toEqual': (a, b) => expect(a).toEqual(b),
  'Jest, toStrictEqual': (a, b) => expect(a).toStrictEqual(b),
  'Jest, toMatchObject': (a, b) => expect(a).toMatchObject({ ...b }),
  chai: (a, b) => chai.assert.deepEqual(a, b),
  lodash: (a, b) => lodash.isEqual(a, b),
  'fast-deep-equal': (a, b) => equal(a, b),
  'node:assert': (a, b) => assert.deepStrictEqual(a, b),
  sinon: (a, b) => sinon.deepEqual(a, b),
}
for (const [name, check] of Object.entries(checks)) console.log(`${name}: 500 instead of 402 is ${passes(() => check(seen, expected))}`)
JS
echo 'expect (Jest) 30.5.2, chai 6.3.0, lodash 4.18.1, fast-deep-equal 3.1.3, sinon 22.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'Jest, toEqual: 500 instead of 402 is the same error
Jest, toStrictEqual: 500 instead of 402 is the same error
Jest, toMatchObject: 500 instead of 402 is another error
chai: 500 instead of 402 is the same error
lodash: 500 instead of 402 is the same error
fast-deep-equal: 500 instead of 402 is the same error
node:assert: 500 instead of 402 is another error
sinon: 500 instead of 402 is another error' ]
