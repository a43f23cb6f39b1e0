#!/usr/bin/env bash
# One would guess that `.partial()` makes a schema for changes, which returns the fields that came, as Zod 3 does. In Zod 4 a default
# works inside of an optional field as well, so a change of the title alone returns `stock: 0` too, and whoever writes that to
# the database has sold out the product. The compiler doesn't see it: the types are the same. yup and TypeBox do what Zod 4 does,
# Valibot what Zod 3 did. What helps: the defaults in a second schema, made by `.extend()`, and only for what is new.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund zod@4.6.7 valibot@1.5.0 yup@1.7.1 @sinclair/typebox@0.34.52 > /dev/null

cat > try.mjs << 'JS'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import * as v from 'valibot'
import * as yup from 'yup'
import { z } from 'zod'
import { z as z3 } from 'zod/v3'
const change = { title: 'Green tea' }
const valibot = v.object({ title: v.string(), stock: v.optional(v.number(), 0) })
const typebox = Type.Object({ title: Type.String(), stock: Type.Number({ default: 0 }) })
const base = z.object({ title: z.string(), stock: z.number() })
const product = base.extend({ stock: z.number().default(0) })
const readers = {
  'Zod 3': () => z3.object({ title: z3.string(), stock: z3.number().default(0) }).partial().parse(change),
  'Zod 4': () => product.partial().parse(change),
  'Zod 4, without defaults': () => base.partial().parse(change),
  Valibot: () => v.parse(v.partial(valibot), change),
  yup: () => yup.object({ title: yup.string(), stock: yup.number().default(0) }).partial().validateSync(change),
  TypeBox: () => Value.Parse(Type.Partial(typebox), change),
}
for (const [name, read] of Object.entries(readers)) {
  const row = { title: 'Tea', stock: 25, ...read() }
  console.log(`${name}: ${row.title}, ${row.stock} in stock`)
}
JS
echo 'Zod 4.6.7 (and its zod/v3), Valibot 1.5.0, yup 1.7.1, TypeBox 0.34.52'
node try.mjs | tee seen
[ "$(cat seen)" = 'Zod 3: Green tea, 25 in stock
Zod 4: Green tea, 0 in stock
Zod 4, without defaults: Green tea, 25 in stock
Valibot: Green tea, 25 in stock
yup: Green tea, 0 in stock
TypeBox: Green tea, 0 in stock' ]
