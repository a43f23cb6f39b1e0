#!/usr/bin/env bash
# One would guess that services which a package describes for Connect can be called with today's Connect. Code's package describes
# its services as version 1 of Connect wanted them, with methods by name. Version 1.7 calls and serves them; to version 2, whose services
# are another kind of object, nothing in npm's metadata says that they don't fit, and the first client throws.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @code-wallet/rpc@1.3.2 one@npm:@connectrpc/connect@1.7.0 > /dev/null
npm install --silent --no-audit --no-fund --prefix other @code-wallet/rpc@1.3.2 @connectrpc/connect@2.1.2 \
  @bufbuild/protobuf@2.10.2 > /dev/null

cat > one.mjs << 'JS'
import { GetStatusRequest, MicroPayment } from '@code-wallet/rpc'
import { createPromiseClient, createRouterTransport } from 'one'
const transport = createRouterTransport(({ service }) => service(MicroPayment, { getStatus: () => ({ exists: true }) }))
const { exists } = await createPromiseClient(MicroPayment, transport).getStatus(new GetStatusRequest())
console.log(`Connect 1.7.0: exists ${exists}`)
JS
cat > other/two.mjs << 'JS'
import { MicroPayment } from '@code-wallet/rpc'
import { createClient, createRouterTransport } from '@connectrpc/connect'
try {
  createClient(MicroPayment, createRouterTransport(() => {}))
  console.log('Connect 2.1.2: a client')
} catch ({ message }) {
  console.log(`Connect 2.1.2: ${message}`)
}
JS
{ node one.mjs; node other/two.mjs; } | tee seen
[ "$(cat seen)" = 'Connect 1.7.0: exists true
Connect 2.1.2: service.methods is not iterable' ]
