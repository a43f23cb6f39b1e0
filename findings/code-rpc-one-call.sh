#!/usr/bin/env bash
# One would guess that `createUnaryMethod` makes a function that can be called. The function of Code's package works once: it closes
# its connection after the first answer, and the second call throws nothing and never gets one. Likewise, `read` of a stream
# doesn't end when the other side closes; only the option `onClose` tells. So make a function for each call, and give
# everything that waits a deadline.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/rpc@1.3.2 ws@8.23.0 > /dev/null

cat > try.cjs << 'JS'
globalThis.WebSocket = require('ws') // which Node 20 lacks
const { Common, GetStatusRequest, GetStatusResponse, MicroPayment, RpcStream } = require('@code-wallet/rpc')
const { OK } = Common.Response_Result
const WAITED_MS = 500
const server = new WebSocket.Server({ port: 0, host: '127.0.0.1' }, run)
server.on('connection', (socket) => {
  const answer = new Common.Response({ result: OK, body: new GetStatusResponse({ exists: true }).toBinary() })
  socket.on('message', () => socket.send(answer.toBinary()))
})
const soon = (work) =>
  Promise.race([work, new Promise((done) => setTimeout(done, WAITED_MS, 'nothing'))]).catch(({ message }) => message)

async function run() {
  const url = `ws://127.0.0.1:${server.address().port}/v1`
  const getStatus = await RpcStream.createUnaryMethod(MicroPayment, 'getStatus', url)
  const seen = []
  for (const which of ['first', 'second']) {
    const got = await soon(getStatus(new GetStatusRequest()))
    seen.push(`the ${which} call gets ${got.exists ? 'an answer' : got}`)
  }
  let isTold = false
  const stream = await RpcStream.create(MicroPayment, 'getStatus', url, { onClose: () => (isTold = true) })
  const reading = stream.read().next()
  for (const socket of server.clients) socket.close()
  const got = await soon(reading)
  seen.push(`a reader of a closed stream gets ${got}, onClose is called: ${isTold}`)
  console.log(seen.join('\n'))
  process.exit()
}
JS
echo "@code-wallet/rpc $(node -p 'require("@code-wallet/rpc/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'the first call gets an answer
the second call gets nothing
a reader of a closed stream gets nothing, onClose is called: true' ]
