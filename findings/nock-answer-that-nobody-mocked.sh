#!/usr/bin/env bash
# One would guess that a request which no mock expects fails in a test, as an error that tells of the mistake. nock 15 answers
# it, with 501 and an explanation in the body, as soon as its host has any mock: a client that is to show "try again later"
# when the server of payments fails does so, and its test passes with a mock of a misspelled path, or of another amount. Most
# programs don't read the body of an error. nock 13 raised an error instead, and Undici's MockAgent still does. What helps: to
# compare the status that was answered, and `nock.isDone()` at the end of each test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@22.23.3 nock@15.0.6 nock-13@npm:nock@13.5.6 undici@7.16.0 > /dev/null

cat > try.mjs << 'JS'
import { get } from 'node:http'
import { MockAgent, fetch as fetchOfUndici } from 'undici'
const shop = 'http://shop.example.org'
// What the client under test says of a server that answers
const said = (status) => (status < 400 ? 'paid' : `try again later (${status})`)
const withFetch = (fetch, options) => fetch(`${shop}/payments`, options).then(({ status }) => said(status), () => 'an error')
const withHttp = () =>
  new Promise((resolve) => get(`${shop}/payments`, ({ statusCode }) => resolve(said(statusCode))).on('error', () => resolve('an error')))

const dispatcher = new MockAgent()
dispatcher.disableNetConnect()
dispatcher.get(shop).intercept({ path: '/payment' }).reply(503)
console.log(`MockAgent: fetch ${await withFetch(fetchOfUndici, { dispatcher })}`)
{
  const { default: nock } = await import('nock-13')
  nock(shop).get('/payment').reply(503)
  console.log(`nock 13: http ${await withHttp()}`)
  nock.restore()
}
const { default: nock } = await import('nock')
nock(shop).get('/payment').reply(503)
console.log(`nock 15: http ${await withHttp()}, fetch ${await withFetch(fetch)}; all mocks were asked for: ${nock.isDone()}`)
JS
for name in nock nock-13 undici; do echo "$name $(node -p "JSON.parse(fs.readFileSync('node_modules/$name/package.json')).version")"; done
node_modules/node/bin/node try.mjs | tee seen
[ "$(cat seen)" = 'MockAgent: fetch an error
nock 13: http an error
nock 15: http try again later (501), fetch try again later (501); all mocks were asked for: false' ]
