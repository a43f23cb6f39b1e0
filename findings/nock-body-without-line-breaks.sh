#!/usr/bin/env bash
# One would guess that a request which nock waits for has the body that was given. nock takes the line breaks out of both before it
# compares them: `42` and `5` in two lines are `425`, and an upload of CSV that has lost the breaks between its rows passes. Names
# with a dot are read as a path in JSON: `{ "card.last4": … }` is `{ card: { last4: … } }`. A number in a form may be sent as a
# text, which a form always has, but in JSON `"5"` isn't 5. Not in the README. What helps: a function as the body, which gets what
# was sent (a text, or JSON that was read).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund nock@14.0.17 > /dev/null

cat > try.mjs << 'JS'
import nock from 'nock'
async function post(expected, body, type) {
  nock.cleanAll()
  nock('http://bank.example').post('/orders', expected).reply(200)
  const answer = fetch('http://bank.example/orders', { method: 'POST', body, headers: { 'Content-Type': type } })
  const shown = typeof expected === 'function' ? 'a function' : JSON.stringify(expected)
  console.log(`${shown} for ${JSON.stringify(body)}: ${await answer.then(() => 'matches', () => 'differs')}`)
}
await post('42\n5\n', '425', 'text/csv')
await post((body) => body === '42\n5\n', '425', 'text/csv')
await post((body) => body === '42\n5\n', '42\n5\n', 'text/csv')
await post({ card: { last4: '4242' } }, '{"card.last4":"4242"}', 'application/json')
await post({ amount: 5 }, 'amount=5', 'application/x-www-form-urlencoded')
await post({ amount: 5 }, '{"amount":"5"}', 'application/json')
JS
echo 'nock 14.0.17'
node try.mjs | tee seen
[ "$(cat seen)" = '"42\n5\n" for "425": matches
a function for "425": differs
a function for "42\n5\n": matches
{"card":{"last4":"4242"}} for "{\"card.last4\":\"4242\"}": matches
{"amount":5} for "amount=5": matches
{"amount":5} for "{\"amount\":\"5\"}": differs' ]
