#!/usr/bin/env bash
# One would guess that a reader and writer of CBOR writes again what it has read. COSE, the signatures of CBOR, name their
# headers by numbers: 1 is the algorithm, 4 the key's id. cbor-x keeps those in a Map if it has written them itself, as it marks
# its maps with a tag. A map of any other writer becomes an object, in which 1 is "1", and is written as the text: a COSE peer
# finds no algorithm, and the header's bytes, over which the signature goes, are others. A test with cbor-x on both sides shows
# nothing, and its own tag makes a `Tagged` of the map in cbor. The README has the option, and says that Maps are preserved.
# What helps: `new Encoder({ mapsAsObjects: false, useRecords: false })`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts cbor-x@1.6.9 cbor@10.0.12 cbor2@2.3.0 > /dev/null

cat > try.mjs << 'JS'
import { inspect } from 'node:util'
import cbor from 'cbor'
import * as cbor2 from 'cbor2'
import * as cborX from 'cbor-x'
const helped = new cborX.Encoder({ mapsAsObjects: false, useRecords: false })
const header = new Map([[1, -8], [4, 'key-1']]) // EdDSA
const hex = (bytes) => Buffer.from(bytes).toString('hex')
const show = (value) => inspect(value, { breakLength: Infinity }).replaceAll("'", '"')
const writers = { 'cbor-x': cborX.encode, cbor: cbor.encode, cbor2: cbor2.encode }
for (const [name, encode] of Object.entries(writers)) {
  const bytes = Buffer.from(encode(header))
  console.log(`written by ${name}: ${hex(bytes)}`)
  console.log(`  cbor-x reads ${show(cborX.decode(bytes))}, writes ${hex(cborX.encode(cborX.decode(bytes)))}`)
  console.log(`  cbor reads ${show(cbor.decode(bytes))}`)
  if (name !== 'cbor-x') console.log(`  helped reads ${show(helped.decode(bytes))}, writes ${hex(helped.encode(helped.decode(bytes)))}`)
}
JS
echo 'cbor-x 1.6.9, cbor 10.0.12, cbor2 2.3.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'written by cbor-x: d90103a2012704656b65792d31
  cbor-x reads Map(2) { 1 => -8, 4 => "key-1" }, writes d90103a2012704656b65792d31
  cbor reads Tagged { tag: 259, value: Map(2) { 1 => -8, 4 => "key-1" }, err: undefined }
written by cbor: a2012704656b65792d31
  cbor-x reads { "1": -8, "4": "key-1" }, writes b900026131276134656b65792d31
  cbor reads Map(2) { 1 => -8, 4 => "key-1" }
  helped reads Map(2) { 1 => -8, 4 => "key-1" }, writes a2012704656b65792d31
written by cbor2: a2012704656b65792d31
  cbor-x reads { "1": -8, "4": "key-1" }, writes b900026131276134656b65792d31
  cbor reads Map(2) { 1 => -8, 4 => "key-1" }
  helped reads Map(2) { 1 => -8, 4 => "key-1" }, writes a2012704656b65792d31' ]
