#!/usr/bin/env bash
# One would guess that a price which has two decimals is a multiple of 0.01 to a validator that has such a check. To Valibot and
# TypeBox, of the thousand prices up to 10.00 only ten are: they look at what JavaScript's `%` leaves, which is 0.00999… for
# 0.05. Ajv divides instead, and rejects 159 of them, such as 0.07, which looks like a rare fault of one product. Zod and joi count
# the decimals, and take all. So a price that one side of an API accepts, with the same rule in its schema, is an error on the
# other side. What helps: whole cents; in Ajv, `multipleOfPrecision`; in Valibot, a check of one's own that rounds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund valibot@1.5.0 @sinclair/typebox@0.34.52 ajv@8.20.0 zod@4.6.7 joi@18.3.2 > /dev/null

cat > try.mjs << 'JS'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Ajv } from 'ajv'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'
const schema = { type: 'number', multipleOf: 0.01 }
const valibot = v.pipe(v.number(), v.multipleOf(0.01))
const typebox = Type.Number({ multipleOf: 0.01 })
const checks = {
  Valibot: (price) => v.is(valibot, price),
  TypeBox: (price) => Value.Check(typebox, price),
  Ajv: new Ajv().compile(schema),
  'Ajv, multipleOfPrecision': new Ajv({ multipleOfPrecision: 6 }).compile(schema),
  Zod: (price) => z.number().multipleOf(0.01).safeParse(price).success,
  joi: (price) => !Joi.number().multiple(0.01).validate(price).error,
}
const prices = Array.from({ length: 1000 }, (_, index) => (index + 1) / 100)
for (const [name, accepts] of Object.entries(checks)) {
  const rejected = prices.filter((price) => !accepts(price))
  const some = rejected.length > 0 ? `, such as ${rejected.slice(0, 4).join(', ')}` : ''
  console.log(`${name}: rejects ${rejected.length} of ${prices.length}${some}; 5.255 ${accepts(5.255) ? 'accepted' : 'rejected'}`)
}
JS
echo 'Valibot 1.5.0, TypeBox 0.34.52, Ajv 8.20.0, Zod 4.6.7, joi 18.3.2'
node try.mjs | tee seen
[ "$(cat seen)" = 'Valibot: rejects 990 of 1000, such as 0.03, 0.05, 0.06, 0.07; 5.255 rejected
TypeBox: rejects 990 of 1000, such as 0.03, 0.05, 0.06, 0.07; 5.255 rejected
Ajv: rejects 159 of 1000, such as 0.07, 0.14, 0.28, 0.29; 5.255 rejected
Ajv, multipleOfPrecision: rejects 0 of 1000; 5.255 rejected
Zod: rejects 0 of 1000; 5.255 rejected
joi: rejects 0 of 1000; 5.255 rejected' ]
