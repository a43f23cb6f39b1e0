#!/usr/bin/env bash
# One would guess that two filters have two results. TanStack Query makes JSON of a key, and in JSON a `URLSearchParams`, a
# `Set` and a `Map` are `{}`, whatever is in them. So a list with `['orders', searchParams]` as its key has one result for
# all pages and filters, the one that was asked for first: page 2 shows page 1, and the cups show the tea. Nothing is asked
# again, and nothing looks wrong in a test with one page. The documentation asks for keys that can be made JSON of, which is
# true of these. SWR, made for the same purpose, tells one such object from another. What helps: `searchParams.toString()`
# or `[...set]` in the key.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tanstack/query-core@5.108.4 react@19.3.1 swr@2.5.1 > /dev/null

cat > try.mjs << 'JS'
import { hashKey, QueryClient } from '@tanstack/query-core'
import { unstable_serialize } from 'swr'
const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
const ask = (filter, key = filter) => client.fetchQuery({ queryKey: ['orders', key], queryFn: () => `orders of ${[...filter].join(' ')}` })
for (const [first, second] of [
  [new URLSearchParams('page=1'), new URLSearchParams('page=2')],
  [new Set(['tea']), new Set(['cups'])],
  [new Map([['status', 'paid']]), new Map([['status', 'refunded']])],
]) {
  client.clear()
  const seen = [await ask(first), await ask(second)]
  client.clear()
  const spread = [await ask(first, [...first]), await ask(second, [...second])]
  const bySwr = unstable_serialize(['orders', first]) === unstable_serialize(['orders', second]) ? 'one key' : 'two keys'
  console.log(`${first.constructor.name}: ${seen.join(', ')}; [...filter]: ${spread.join(', ')}; SWR: ${bySwr}`)
}
console.log([new Set(['tea']), null, Number.NaN, undefined].map((part) => hashKey(['orders', part])).join(' '))
client.clear()
JS
echo 'TanStack Query 5.108.4, SWR 2.5.1'
node try.mjs | tee seen
[ "$(cat seen)" = 'URLSearchParams: orders of page,1, orders of page,1; [...filter]: orders of page,1, orders of page,2; SWR: two keys
Set: orders of tea, orders of tea; [...filter]: orders of tea, orders of cups; SWR: two keys
Map: orders of status,paid, orders of status,paid; [...filter]: orders of status,paid, orders of status,refunded; SWR: two keys
["orders",{}] ["orders",null] ["orders",null] ["orders",null]' ]
