#!/usr/bin/env bash
# One would guess that a field without a value arrives as null, or not at all, as MessagePack has nothing else for it. msgpackr writes an
# extension of type 0 with a byte 0, and its README says that others in JavaScript do so too. @msgpack/msgpack and msgpack-lite, which
# write nil, read it as an object, which is true. So an order whose `refundedAt` is undefined is one that was refunded, to any program
# that asks whether there is something. What helps: `encodeUndefinedAsNil: true`, which isn't the default, or to delete such
# fields before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --omit=optional msgpackr@2.1.4 @msgpack/msgpack@3.1.3 msgpack-lite@0.2.2 > /dev/null

cat > try.mjs << 'JS'
import * as msgpack from '@msgpack/msgpack'
import lite from 'msgpack-lite'
import { Packr, pack, unpack } from 'msgpackr'
const order = { id: 7, refundedAt: undefined }
const writers = {
  msgpackr: pack,
  'msgpackr, encodeUndefinedAsNil': (value) => new Packr({ encodeUndefinedAsNil: true, useRecords: false }).pack(value),
  '@msgpack/msgpack': msgpack.encode,
  'msgpack-lite': lite.encode,
}
const readers = { msgpackr: unpack, '@msgpack/msgpack': msgpack.decode, 'msgpack-lite': lite.decode }
for (const [writer, write] of Object.entries(writers)) {
  const answers = Object.entries(readers).map(([reader, read]) => `${reader} ${read(write(order)).refundedAt ? 'refunded' : 'not refunded'}`)
  console.log(`written by ${writer}, read by ${answers.join(', ')}`)
}
JS
echo 'msgpackr 2.1.4, @msgpack/msgpack 3.1.3, msgpack-lite 0.2.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'written by msgpackr, read by msgpackr not refunded, @msgpack/msgpack refunded, msgpack-lite refunded
written by msgpackr, encodeUndefinedAsNil, read by msgpackr not refunded, @msgpack/msgpack not refunded, msgpack-lite not refunded
written by @msgpack/msgpack, read by msgpackr not refunded, @msgpack/msgpack not refunded, msgpack-lite not refunded
written by msgpack-lite, read by msgpackr not refunded, @msgpack/msgpack not refunded, msgpack-lite not refunded' ]
