#!/usr/bin/env bash
# One would guess that a field in which somebody has typed two amounts, `12 50`, is no number. Yup takes all white space out of a text before
# it makes a number of it, and line breaks with it: `12 50` is 1250, and a column pasted from a table, 5 and 7 and 9 on three
# lines, is 579. The 1 000 of a French buyer is 1000, which may be why. `12,50` is refused, so the rule looks strict. Zod and
# Valibot, when told to make a number, refuse `12 50`, and joi too. The date of Yup takes `5` for May 1, 2001. What helps: `strict()`
# on a number that one has made oneself, or `string().matches(…)` before it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts yup@1.7.1 zod@4.6.7 joi@18.3.2 valibot@1.5.0 > /dev/null

cat > try.mjs << 'JS'
import Joi from 'joi'
import * as v from 'valibot'
import { number } from 'yup'
import { z } from 'zod'
const checks = {
  Yup: (text) => number().required().validateSync(text),
  Zod: (text) => z.coerce.number().parse(text),
  Valibot: (text) => v.parse(v.pipe(v.string(), v.transform(Number), v.number()), text),
  joi: (text) => Joi.attempt(text, Joi.number()),
}
for (const text of ['12', '12 50', '5\n7\n9', '1 000', '12,50', '1-2']) {
  const seen = Object.entries(checks).map(([name, check]) => {
    try {
      return `${name} ${check(text)}`
    } catch {
      return `${name} refuses it`
    }
  })
  console.log(`${JSON.stringify(text)}: ${seen.join(', ')}`)
}
JS
echo 'Yup 1.7.1'
node try.mjs | tee seen
[ "$(cat seen)" = '"12": Yup 12, Zod 12, Valibot 12, joi 12
"12 50": Yup 1250, Zod refuses it, Valibot refuses it, joi refuses it
"5\n7\n9": Yup 579, Zod refuses it, Valibot refuses it, joi refuses it
"1 000": Yup 1000, Zod refuses it, Valibot refuses it, joi refuses it
"12,50": Yup refuses it, Zod refuses it, Valibot refuses it, joi refuses it
"1-2": Yup refuses it, Zod refuses it, Valibot refuses it, joi refuses it' ]
