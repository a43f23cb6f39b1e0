#!/usr/bin/env bash
# One would guess that a property which holds for twenty thousand random integers has met a large one. In jsverify, no number is larger
# than 50, and no text longer than about six characters, however many there are: that is what its `size` means, and it is one for the whole
# check. So amounts in cents end at half a dollar, a total never has a separator for thousands, and a limit of 100 is never reached. fast-check
# takes integers from all 32 bits, and finds the mistake at once. What helps: `jsc.integer(0, 1000000)`, or fast-check.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsverify@0.8.4 fast-check@4.11.0 > /dev/null

cat > try.cjs << 'JS'
const fc = require('fast-check')
const jsc = require('jsverify')
const show = (cents) => (cents / 100).toLocaleString('en', { minimumFractionDigits: 2 })
const read = (text) => Math.round(parseFloat(text) * 100) // wrong from 1,000.00 on
const holds = (cents) => read(show(cents)) === cents
const settings = { tests: 20000, quiet: true }
const largest = (arbitrary, measure) => {
  let found = 0
  jsc.check(jsc.forall(arbitrary, (value) => ((found = Math.max(found, measure(value))), true)), settings)
  return found
}
console.log(`jsverify: ${jsc.check(jsc.forall(jsc.nat, holds), settings) === true ? 'holds' : 'fails'}`)
console.log(`jsverify, 0 to 1,000,000: ${jsc.check(jsc.forall(jsc.integer(0, 1000000), holds), settings) === true ? 'holds' : 'fails'}`)
console.log(`fast-check: ${fc.check(fc.property(fc.nat(), holds), { seed: 7 }).failed ? 'fails' : 'holds'}`)
console.log(`jsverify, largest of 20,000: nat ${largest(jsc.nat, Number)}, integer ${largest(jsc.integer, Number)}`)
console.log(`jsverify, number below 50: ${largest(jsc.number, Number) < 50}`)
JS
echo 'jsverify 0.8.4, fast-check 4.11.0'
node try.cjs | tee seen
[ "$(cat seen)" = 'jsverify: holds
jsverify, 0 to 1,000,000: fails
fast-check: fails
jsverify, largest of 20,000: nat 50, integer 50
jsverify, number below 50: true' ]
