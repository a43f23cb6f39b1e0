#!/usr/bin/env bash
# One would guess that an exact search finds whole words, where any other search finds their beginnings as well. Orama's does, and it
# compares capital letters, too, which its other searches don't. What a buyer types in small letters finds nothing that is written with a
# capital: "shirt" finds the "Linen shirt", and not the "Shirt" or the "SHIRT 5". The index has all words in small letters; `exact` then
# looks for the term in the text itself. What helps: `exact` for codes only, or a field with the title in small letters, and the term in
# small letters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @orama/orama@3.1.18 > /dev/null

cat > try.mjs << 'JS'
import { create, insert, search } from '@orama/orama'
const index = create({ schema: { title: 'string' } })
for (const title of ['Shirt', 'Linen shirt', 'Shirts', 'SHIRT 5']) insert(index, { title })
for (const term of ['shirt', 'Shirt', 'SHIRT']) {
  for (const exact of [false, true]) {
    const found = search(index, { term, exact }).hits.map(({ document }) => document.title)
    console.log(`${term}, exact ${exact}: ${found.sort().join(', ') || 'nothing'}`)
  }
}
JS
echo '@orama/orama 3.1.18'
node try.mjs | tee seen
[ "$(cat seen)" = 'shirt, exact false: Linen shirt, SHIRT 5, Shirt, Shirts
shirt, exact true: Linen shirt
Shirt, exact false: Linen shirt, SHIRT 5, Shirt, Shirts
Shirt, exact true: Shirt
SHIRT, exact false: Linen shirt, SHIRT 5, Shirt, Shirts
SHIRT, exact true: SHIRT 5' ]
