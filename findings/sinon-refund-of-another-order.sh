#!/usr/bin/env bash
# One would guess that `calledWithMatch` compares loosely where it is given an object, so that a test names the fields that matter, and
# texts and numbers as they are. To Sinon, a text matches each text that contains it, and a number all that `==` takes: a test which
# expects the refund of order-1 passes with that of order-15 and of preorder-1, and one which expects 525 with '525'. Inside of an
# object, texts and numbers are compared strictly, so the same two values differ there. `sinon.assert.match` is as loose. What helps:
# `calledWith`, and `sinon.match.same('order-1')` beside a matcher.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sinon@22.1.0 > /dev/null

cat > try.mjs << 'JS'
import sinon from 'sinon'
const tests = {
  "'order-1', called with 'order-15'": ['order-1', 'order-15'],
  "'order-1', called with 'preorder-1'": ['order-1', 'preorder-1'],
  "525, called with '525'": [525, '525'],
  "{ id: 'order-1' }, called with { id: 'order-15' }": [{ id: 'order-1' }, { id: 'order-15' }],
  "{ cents: 525 }, called with { cents: '525' }": [{ cents: 525 }, { cents: '525' }],
  "same('order-1'), called with 'order-15'": [sinon.match.same('order-1'), 'order-15'],
}
for (const [name, [expected, actual]] of Object.entries(tests)) {
  const refund = sinon.spy()
  refund(actual)
  let asserted = true
  try {
    sinon.assert.match(actual, expected)
  } catch {
    asserted = false
  }
  console.log(`${name}: calledWith ${refund.calledWith(expected)}, calledWithMatch ${refund.calledWithMatch(expected)}, assert.match ${asserted}`)
}
JS
echo 'Sinon 22.1.0'
node try.mjs | tee seen
[ "$(cat seen)" = ''\''order-1'\'', called with '\''order-15'\'': calledWith false, calledWithMatch true, assert.match true
'\''order-1'\'', called with '\''preorder-1'\'': calledWith false, calledWithMatch true, assert.match true
525, called with '\''525'\'': calledWith false, calledWithMatch true, assert.match true
{ id: '\''order-1'\'' }, called with { id: '\''order-15'\'' }: calledWith false, calledWithMatch false, assert.match false
{ cents: 525 }, called with { cents: '\''525'\'' }: calledWith false, calledWithMatch false, assert.match false
same('\''order-1'\''), called with '\''order-15'\'': calledWith false, calledWithMatch false, assert.match false' ]
