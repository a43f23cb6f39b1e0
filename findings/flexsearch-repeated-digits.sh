#!/usr/bin/env bash
# One would guess that a search for the order 100 finds the order 100. Before it compares, FlexSearch reduces each word with its default
# encoder, which makes one letter of the same letter twice in a row. That is meant for words like "buble" and "bubble", and it is done to
# digits and to sizes as well: a search for 100 also finds the orders 1000, 10 and 110, in the order in which they were added, and AA finds
# AAA. Without that, 1000 is still found, since the encoder also cuts digits into threes, and 1000 is 100 and 0. The README of the package
# mentions neither. What helps: `encoder: new Encoder({ dedupe: false, numeric: false })`, or MiniSearch.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund flexsearch@0.8.212 minisearch@7.2.0 > /dev/null

cat > try.mjs << 'JS'
import { Encoder, Index } from 'flexsearch'
import MiniSearch from 'minisearch'
const titles = ['Order 1000', 'Order 110', 'Order 100', 'Order 10', 'Battery AAA', 'Battery AA']
const indexes = {
  FlexSearch: new Index(),
  'without dedupe': new Index({ encoder: new Encoder({ dedupe: false }) }),
  'without both': new Index({ encoder: new Encoder({ dedupe: false, numeric: false }) })
}
for (const index of Object.values(indexes)) titles.forEach((title, id) => index.add(id, title))
const mini = new MiniSearch({ fields: ['title'] })
mini.addAll(titles.map((title, id) => ({ id, title })))
for (const query of ['100', 'AA']) {
  for (const [name, index] of Object.entries(indexes)) console.log(`${name}: ${query} finds ${index.search(query).map((id) => titles[id]).join(', ')}`)
  console.log(`MiniSearch: ${query} finds ${mini.search(query).map(({ id }) => titles[id]).join(', ')}`)
}
JS
echo 'flexsearch 0.8.212, minisearch 7.2.0'
node try.mjs | tee seen
[ "$(cat seen)" = 'FlexSearch: 100 finds Order 1000, Order 110, Order 100, Order 10
without dedupe: 100 finds Order 1000, Order 100
without both: 100 finds Order 100
MiniSearch: 100 finds Order 100
FlexSearch: AA finds Battery AAA, Battery AA
without dedupe: AA finds Battery AA
without both: AA finds Battery AA
MiniSearch: AA finds Battery AA' ]
