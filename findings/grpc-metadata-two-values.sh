#!/usr/bin/env bash
# One would guess that two values which were added to a call's metadata arrive as two, as `get` returns a list, and has two of
# them before the call. @grpc/grpc-js sends two headers, and the list on the other side has one element, with a comma and a
# space in it. A loop over the ids of orders runs once, for an order called "7, 8", and a title with a comma can't be told from
# two titles. The same goes for what the server sends back. With a name that ends in `-bin`, whose values are bytes, two arrive.
# What helps: such a name, or JSON in one value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @grpc/grpc-js@1.14.7 > /dev/null

cat > try.cjs << 'JS'
const grpc = require('@grpc/grpc-js')
const [toBytes, fromBytes] = [(text) => Buffer.from(text), String]
const service = {
  Get: {
    path: '/shop.Orders/Get',
    requestStream: false,
    responseStream: false,
    requestSerialize: toBytes,
    requestDeserialize: fromBytes,
    responseSerialize: toBytes,
    responseDeserialize: fromBytes,
  },
}
const show = (metadata, name) => {
  const values = metadata.get(name).map((value) => JSON.stringify(String(value)))
  return `${values.length} of ${name}: ${values.join(' and ')}`
}
const NAMES = ['order', 'order-bin']
const server = new grpc.Server()
server.addService(service, {
  Get: (call, done) => {
    const { metadata } = call
    for (const name of NAMES) console.log(`the server has ${show(metadata, name)}`)
    const own = new grpc.Metadata()
    for (const value of ['tea', 'cake, small']) own.add('title', value)
    call.sendMetadata(own)
    done(null, 'found')
  },
})
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (_, port) => {
  const Client = grpc.makeGenericClientConstructor(service, 'Orders')
  const metadata = new grpc.Metadata()
  for (const id of ['7', '8']) {
    metadata.add('order', id)
    metadata.add('order-bin', Buffer.from(id))
  }
  for (const name of NAMES) console.log(`the client has ${show(metadata, name)}`)
  const call = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure()).Get('7', metadata, () => {})
  call.on('metadata', (received) => {
    console.log(`the client gets ${show(received, 'title')}`)
    process.exit()
  })
})
JS
echo '@grpc/grpc-js 1.14.7'
node try.cjs | tee seen
[ "$(cat seen)" = 'the client has 2 of order: "7" and "8"
the client has 2 of order-bin: "7" and "8"
the server has 1 of order: "7, 8"
the server has 2 of order-bin: "7" and "8"
the client gets 1 of title: "tea, cake, small"' ]
