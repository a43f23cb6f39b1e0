#!/usr/bin/env bash
# One would guess that a status which a handler of Koa has set stays as it was set. An answer of null or undefined, such as an
# order that a query has not found, makes a 204 of it, which is a success: a 404 or 402 is lost, and `response.ok` is true. With
# the two lines in the other order, the body first, the status stays. A type of application/json that was set before keeps it as
# well, and then sends `null`. Koa's guide says that null means no content, and not that it replaces an explicit status. What
# helps: the status last, or `ctx.throw(404)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund koa@3.3.0 > /dev/null

cat > try.mjs << 'JS'
import Koa from 'koa'
const orders = new Map([['1', { paid: false }]])
const handlers = {
  'status, body': (ctx, order) => {
    ctx.status = order ? 402 : 404
    ctx.body = order
  },
  'body, status': (ctx, order) => {
    ctx.body = order
    ctx.status = order ? 402 : 404
  },
  'status, type, body': (ctx, order) => {
    ctx.status = order ? 402 : 404
    ctx.type = 'json'
    ctx.body = order
  },
}
const app = new Koa()
app.use((ctx) => {
  const [, name, id] = decodeURI(ctx.path).split('/')
  handlers[name](ctx, orders.get(id) ?? (id === 'null' ? null : undefined))
})
const server = await new Promise((done) => {
  const listening = app.listen(0, '127.0.0.1', () => done(listening))
})
for (const name of Object.keys(handlers)) {
  for (const id of ['1', 'null', 'undefined']) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/${name}/${id}`)
    console.log(`${name}: ${id === '1' ? 'an order' : id}: ${answer.status}, ok ${answer.ok}, ${(await answer.text()) || 'empty'}`)
  }
}
server.close()
server.closeAllConnections()
JS
echo "koa $(node -p "require('koa/package.json').version")"
node try.mjs | tee seen
[ "$(cat seen)" = 'status, body: an order: 402, ok false, {"paid":false}
status, body: null: 204, ok true, empty
status, body: undefined: 204, ok true, empty
body, status: an order: 402, ok false, {"paid":false}
body, status: null: 404, ok false, empty
body, status: undefined: 404, ok false, Not Found
status, type, body: an order: 402, ok false, {"paid":false}
status, type, body: null: 404, ok false, null
status, type, body: undefined: 404, ok false, null' ]
