#!/usr/bin/env bash
# One would guess that a decimal comma in a title becomes a hyphen in its address, or at least that two sizes of a product have two
# addresses. slugify deletes a comma and keeps a point: "1,5 kg" is 15-kg, the address of a product of ten times the weight, and "1.5
# kg" is 1.5-kg. It deletes ½ as well, which makes 1-kg of 1½ kg, and a slash: 1/2 and 12 are the same. @sindresorhus/slugify
# and limax put hyphens for commas; @sindresorhus/slugify deletes ½, limax writes 1½ as 11-2. Where the address is the name of a
# file or the key of a row, the second product replaces the first. What helps: a slug that is written by hand and checked to be new.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund slugify@1.6.9 @sindresorhus/slugify@3.0.1 limax@4.2.3 > /dev/null

cat > try.mjs << 'JS'
import sindresorhus from '@sindresorhus/slugify'
import limax from 'limax'
import slugify from 'slugify'
const titles = ['Tea 1,5 kg', 'Tea 1.5 kg', 'Tea 15 kg', 'Tea 1½ kg', 'Tea 1 kg', 'Tea 1/2', 'Tea 12', 'C#', 'C']
const libraries = { slugify, '@sindresorhus/slugify': sindresorhus, limax }
for (const [name, slug] of Object.entries(libraries)) {
  const products = new Map()
  for (const title of titles) products.set(slug(title), [...(products.get(slug(title)) ?? []), title])
  console.log(`${name}: ${[...products].map(([address, named]) => `${address} (${named.join('; ')})`).join(', ')}`)
}
JS
echo 'slugify 1.6.9, @sindresorhus/slugify 3.0.1, limax 4.2.3'
node try.mjs | tee seen
[ "$(cat seen)" = 'slugify: Tea-15-kg (Tea 1,5 kg; Tea 15 kg), Tea-1.5-kg (Tea 1.5 kg), Tea-1-kg (Tea 1½ kg; Tea 1 kg), Tea-12 (Tea 1/2; Tea 12), C (C#; C)
@sindresorhus/slugify: tea-1-5-kg (Tea 1,5 kg; Tea 1.5 kg), tea-15-kg (Tea 15 kg), tea-1-kg (Tea 1½ kg; Tea 1 kg), tea-1-2 (Tea 1/2), tea-12 (Tea 12), c (C#; C)
limax: tea-1-5-kg (Tea 1,5 kg; Tea 1.5 kg), tea-15-kg (Tea 15 kg), tea-11-2-kg (Tea 1½ kg), tea-1-kg (Tea 1 kg), tea-1-2 (Tea 1/2), tea-12 (Tea 12), c (C#; C)' ]
