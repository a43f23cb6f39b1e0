#!/usr/bin/env bash
# One would guess that protobufjs reads the JSON of a message as other libraries write it, or refuses it. Its fromObject knows
# the fields in camel case only, where the rules for JSON also allow the names of the .proto file (`price_cents`), and leaves
# out the others. It also leaves out a state whose name it doesn't know, so that the first state of the list takes its place. So
# an order that a newer peer calls refunded is pending, and one that has `price_cents` costs nothing, without an error. Its own
# JSON isn't that of the others either: a time is an object of seconds. @bufbuild/protobuf reads both names, and refuses the
# unknown state and that time. What helps: one library on both sides, and a first state called UNKNOWN; `verify` refuses all
# names of states, and notices no unknown field.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts protobufjs@8.8.1 @bufbuild/protobuf@2.17.0 > /dev/null

cat > try.mjs << 'JS'
import { createFileRegistry, fromJson, toJson } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema, TimestampSchema, file_google_protobuf_timestamp } from '@bufbuild/protobuf/wkt'
import protobuf from 'protobufjs'

const root = new protobuf.Root()
root.addJSON(protobuf.common.get('google/protobuf/timestamp.proto').nested)
protobuf.parse(`syntax = "proto3"; enum State { PENDING = 0; PAID = 1; }
  message Order { State state = 1; int32 price_cents = 2; google.protobuf.Timestamp at = 3; }`, root)
const Order = root.resolveAll().lookupType('Order')
const field = (name, jsonName, number, type, more) => ({ name, jsonName, number, type, label: 'LABEL_OPTIONAL', ...more })
const set = fromJson(FileDescriptorSetSchema, { file: [{
  name: 'order.proto', syntax: 'proto3', dependency: ['google/protobuf/timestamp.proto'],
  enumType: [{ name: 'State', value: [{ name: 'PENDING', number: 0 }, { name: 'PAID', number: 1 }] }],
  messageType: [{ name: 'Order', field: [field('state', 'state', 1, 'TYPE_ENUM', { typeName: '.State' }),
    field('price_cents', 'priceCents', 2, 'TYPE_INT32'),
    field('at', 'at', 3, 'TYPE_MESSAGE', { typeName: '.google.protobuf.Timestamp' })] }],
}] })
set.file.unshift(file_google_protobuf_timestamp.proto)
const schema = createFileRegistry(set).getMessage('Order')
const attempt = (read) => {
  try {
    return JSON.stringify(read())
  } catch (error) {
    return error.constructor.name
  }
}
const all = (read) => (json) => attempt(() => read(json))
const ofProtobufjs = all((json) => Order.toObject(Order.fromObject(json), { defaults: true, enums: String, longs: String }))
const ofBufbuild = all((json) => toJson(schema, fromJson(schema, json), { alwaysEmitImplicit: true }))
const own = JSON.parse(JSON.stringify(Order.fromObject({ at: { seconds: 1793491200 } })))
for (const json of [{ state: 'PAID', priceCents: 25 }, { state: 'PAID', price_cents: 25 }, { state: 'REFUNDED', priceCents: 25 },
  { at: '2026-11-01T00:00:00Z' }, own]) {
  console.log(`${JSON.stringify(json)}\n  protobufjs: ${ofProtobufjs(json)}\n  @bufbuild/protobuf: ${ofBufbuild(json)}`)
}
JS
echo "protobufjs 8.8.1, @bufbuild/protobuf 2.17.0"
node try.mjs | tee seen
[ "$(cat seen)" = '{"state":"PAID","priceCents":25}
  protobufjs: {"state":"PAID","priceCents":25,"at":null}
  @bufbuild/protobuf: {"state":"PAID","priceCents":25}
{"state":"PAID","price_cents":25}
  protobufjs: {"state":"PAID","priceCents":0,"at":null}
  @bufbuild/protobuf: {"state":"PAID","priceCents":25}
{"state":"REFUNDED","priceCents":25}
  protobufjs: {"state":"PENDING","priceCents":25,"at":null}
  @bufbuild/protobuf: Error
{"at":"2026-11-01T00:00:00Z"}
  protobufjs: TypeError
  @bufbuild/protobuf: {"state":"PENDING","priceCents":0,"at":"2026-11-01T00:00:00Z"}
{"at":{"seconds":"1793491200"}}
  protobufjs: {"state":"PENDING","priceCents":0,"at":{"seconds":"1793491200","nanos":0}}
  @bufbuild/protobuf: Error' ]
