#!/usr/bin/env bash
# One would guess that deleting a coupon deletes the coupon. json-server then looks through all of its data: each row with a
# field that ends in `Id`, and that refers to a row which isn't there, is deleted as well, whatever was asked for. An order
# with the `buyerId` "guest" is gone with the first coupon, and the orders of a product with the product. The answer is 200 and
# an empty object, and the file loses them too. A field with another ending stays. What helps: option `foreignKeySuffix`
# (`--fks`) with an ending that no field has, and no field at all where there is no buyer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts json-server@0.17.4 > /dev/null

cat > try.cjs << 'JS'
const { create, router } = require('json-server')
async function remove(path, options) {
  const data = {
    coupons: [{ id: 1, code: 'TEA' }],
    products: [{ id: 1, title: 'Tea' }],
    buyers: [{ id: 1, mail: 'ada@example.org' }],
    orders: [
      { id: 1, buyerId: 1 },
      { id: 2, buyerId: 'guest' },
      { id: 3, buyer: 'guest' },
      { id: 4, buyerId: 1, productId: 1 },
    ],
  }
  const server = create().use(router(data, options)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const answer = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method: 'DELETE' })
  const ids = data.orders.map(({ id }) => id).join(' ')
  console.log(`DELETE ${path} ${JSON.stringify(options ?? {})}: ${answer.status} ${await answer.text()}, orders ${ids}`)
  server.close()
}
remove('/coupons/1')
  .then(() => remove('/products/1'))
  .then(() => remove('/coupons/1', { foreignKeySuffix: 'Reference' }))
  .then(() => remove('/products/1', { foreignKeySuffix: 'Reference' }))
JS
echo "json-server $(node -p 'require("json-server/package.json").version')"
node try.cjs | tee seen
[ "$(cat seen)" = 'DELETE /coupons/1 {}: 200 {}, orders 1 3 4
DELETE /products/1 {}: 200 {}, orders 1 3
DELETE /coupons/1 {"foreignKeySuffix":"Reference"}: 200 {}, orders 1 2 3 4
DELETE /products/1 {"foreignKeySuffix":"Reference"}: 200 {}, orders 1 2 3 4' ]
