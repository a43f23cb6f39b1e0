#!/usr/bin/env bash
# One would guess that a client whose documentation says that it throws does so when Code rejects an intent. Version 2 of Code's
# client makes the error and never throws it: `create` returns an id and a client secret for an intent that doesn't exist.
# If the refusal is in the envelope instead, nobody looks at it, and its empty body reads like a success. Only the status
# tells: ask for it before a buyer is sent to pay.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/client@2.0.8 @code-wallet/rpc@1.3.2 > /dev/null

cat > try.cjs << 'JS'
const { createServer } = require('node:http')
const { paymentIntents } = require('@code-wallet/client')
const { Common, GetStatusResponse, SendMessageResponse } = require('@code-wallet/rpc')
const { ERROR, OK } = Common.Response_Result
const payment = { amount: 0.25, currency: 'usd', destination: 'E8otxw1CVX9bfyddKu3ZB3BVLa4VVF9J7CTPdnUwT9jR' }
let refusal
const server = createServer(async (req, res) => {
  const body = []
  for await (const chunk of req) body.push(chunk)
  const { method } = Common.Request.fromBinary(Buffer.concat(body))
  const status = { result: OK, body: new GetStatusResponse({ exists: false }).toBinary() }
  res.end(new Common.Response(method === 'sendMessage' ? refusal : status).toBinary())
})
server.listen(0, '127.0.0.1', async () => {
  const endpoint = `http://127.0.0.1:${server.address().port}/v1`
  for (const [where, answer] of [
    ['the message', { result: OK, body: new SendMessageResponse({ result: 1 }).toBinary() }], // anything but OK
    ['the envelope', { result: ERROR, message: 'usd currency has a minimum amount of 0.05' }],
  ]) {
    refusal = answer
    const { id, clientSecret } = await paymentIntents.create({ ...payment, endpoint })
    const { exists } = await paymentIntents.getStatus({ intent: id, endpoint })
    console.log(`refused in ${where}: an id ${Boolean(id)}, a secret ${Boolean(clientSecret)}, exists ${exists}`)
  }
  server.close()
})
JS
echo "@code-wallet/client $(node -p 'require("@code-wallet/client/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'refused in the message: an id true, a secret true, exists false
refused in the envelope: an id true, a secret true, exists false' ]
