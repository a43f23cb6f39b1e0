#!/usr/bin/env bash
# One would guess that a webhook which was received as a `Request`, as most runtimes and frameworks hand it over today, can be
# verified with what that has: `webhook.verify(await request.text(), request.headers)`. The library of Standard Webhooks looks
# through the own properties of its argument, of which a `Headers` object has none, and says that the headers are missing,
# although all three are there. Bytes aren't accepted either, unless they are Node's Buffer: not those of `request.bytes()`. What
# helps is `Object.fromEntries(request.headers)`, and `Buffer.from(bytes)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts standardwebhooks@1.1.1 > /dev/null

cat > try.mjs << 'JS'
import { Webhook } from 'standardwebhooks'
const webhook = new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
const [now, body] = [new Date(), '{"paid":true}']
const request = new Request('http://127.0.0.1/webhook', {
  method: 'POST',
  body,
  headers: {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': webhook.sign('msg_1', now, body),
  },
})
const verify = (payload, headers) => {
  try {
    return JSON.stringify(webhook.verify(payload, headers))
  } catch (error) {
    return error.message
  }
}
const bytes = new Uint8Array(await request.clone().arrayBuffer())
console.log(`request.headers: ${verify(body, request.headers)}`)
console.log(`Object.fromEntries(request.headers): ${verify(body, Object.fromEntries(request.headers))}`)
console.log(`and bytes: ${verify(bytes, Object.fromEntries(request.headers))}`)
console.log(`and a Buffer: ${verify(Buffer.from(bytes), Object.fromEntries(request.headers))}`)
JS
seen=$(node try.mjs)
echo "standardwebhooks 1.1.1:"
echo "$seen"
[ "$seen" = 'request.headers: Missing required headers
Object.fromEntries(request.headers): {"paid":true}
and bytes: Expected payload to be of type string or Buffer.
and a Buffer: {"paid":true}' ]
