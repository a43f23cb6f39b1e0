#!/usr/bin/env bash
# One would guess that a test may replace the global fetch at any time, and that a client which takes a `fetch` uses it.
# Version 1 of Code's client keeps the global fetch that it finds when it is imported, so a replacement that comes later is
# never called. Version 2 stores the fetch that is passed to it, but always calls the global one. So replace the global
# fetch before the first import, and keep it replaced.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts one@npm:@code-wallet/client@1.0.3 \
  two@npm:@code-wallet/client@2.0.8 > /dev/null

cat > try.cjs << 'JS'
const calls = []
const aFetch = (name) => async () => {
  calls.push(name)
  return new Response('{"success":true}')
}
const payment = { amount: 0.25, currency: 'usd', destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR' }

async function run() {
  globalThis.fetch = aFetch('before the import')
  const one = require('one')
  globalThis.fetch = aFetch('after the import')
  await one.paymentIntents.create({ ...payment })
  const { Client } = require('two')
  const { MicroPayment, GetStatusRequest } = require('@code-wallet/rpc')
  const client = new Client('http://127.0.0.1:1', aFetch('given to the client'))
  await client.send(MicroPayment, 'getStatus', new GetStatusRequest()).catch(() => {})
  console.log(calls.join('; '))
}
run()
JS
seen=$(node try.cjs)
echo "1.0.3 and 2.0.8 call the fetch: $seen"
[ "$seen" = 'before the import; after the import' ]
