#!/usr/bin/env bash
# One would guess that `errorThresholdPercentage: 50` opens a circuit breaker when half of some requests have failed. opossum
# counts from the first one: a single failure in the last ten seconds is one hundred percent. In a quiet shop, one buyer's
# declined card closes the payments of everybody for half a minute, though the service is well, and in a busy one the same
# failure is one of a hundred, so a test under load shows nothing. After one payment that has worked, one failure is 50 percent,
# which isn't above 50, and nothing happens. What helps is not in the README: `volumeThreshold`, and `errorFilter` for whatever
# isn't a failure of the service.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund opossum@9.0.0 > /dev/null

cat > try.mjs << 'JS'
import CircuitBreaker from 'opossum'
const pay = async (card) => {
  if (card === 'declined') throw new Error('card declined')
  return 'paid'
}
for (const [name, options] of Object.entries({
  'as it is': {},
  'with volumeThreshold: 5': { volumeThreshold: 5 },
  'with errorFilter': { errorFilter: (error) => error.message === 'card declined' },
})) {
  for (const cards of [['declined', 'good', 'good'], ['good', 'declined', 'good'], ['good', 'declined', 'declined', 'good']]) {
    const breaker = new CircuitBreaker(pay, { errorThresholdPercentage: 50, ...options })
    const results = []
    for (const card of cards) results.push(await breaker.fire(card).catch((error) => error.message))
    console.log(`${name}: ${results.join(', ')}`)
    breaker.shutdown()
  }
}
JS
echo 'opossum 9.0.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'as it is: card declined, Breaker is open, Breaker is open
as it is: paid, card declined, paid
as it is: paid, card declined, card declined, Breaker is open
with volumeThreshold: 5: card declined, paid, paid
with volumeThreshold: 5: paid, card declined, paid
with volumeThreshold: 5: paid, card declined, card declined, paid
with errorFilter: card declined, paid, paid
with errorFilter: paid, card declined, paid
with errorFilter: paid, card declined, card declined, paid' ]
