#!/usr/bin/env bash
# One would guess that the JSON Schema which Zod makes of a schema accepts what that accepts. A pattern in JSON Schema has no flags, and Zod
# drops them without a word: `/^tea-\d+$/i` takes TEA-7, and its JSON Schema, which clients of an API check before they send, refuses it. A
# text of two lines that `/^.{1,80}$/s` takes is refused as well. ArkType and zod-to-json-schema drop them too; the latter has an option,
# `applyRegexFlags`, which helps with i here. Valibot's converter throws. What helps: patterns without flags, such as `[Tt][Ee][Aa]` and `[\s\S]`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund zod@4.6.7 zod-to-json-schema@3.25.2 arktype@2.2.10 valibot@1.5.0 @valibot/to-json-schema@1.8.0 ajv@8.20.0 > /dev/null

cat > try.mjs << 'JS'
import { toJsonSchema } from '@valibot/to-json-schema'
import Ajv from 'ajv/dist/2020.js'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { z as z3 } from 'zod/v3'
import { zodToJsonSchema } from 'zod-to-json-schema'
const accepts = (schema, text) => new Ajv().validate({ ...schema, $schema: undefined }, text)
for (const [pattern, text] of [[/^tea-\d+$/i, 'TEA-7'], [/^.{1,80}$/s, 'Green\ntea'], [/^tea-\d+$/, 'tea-7']]) {
  const rows = {
    Zod: [() => z.string().regex(pattern).safeParse(text).success, () => z.toJSONSchema(z.string().regex(pattern))],
    ArkType: [() => type(pattern).allows(text), () => type(pattern).toJsonSchema()],
    'zod-to-json-schema': [() => z3.string().regex(pattern).safeParse(text).success, () => zodToJsonSchema(z3.string().regex(pattern))],
    'with its option': [() => true, () => zodToJsonSchema(z3.string().regex(pattern), { applyRegexFlags: true })],
    Valibot: [() => v.is(v.pipe(v.string(), v.regex(pattern)), text), () => toJsonSchema(v.pipe(v.string(), v.regex(pattern)))],
  }
  console.log(`${pattern}, ${JSON.stringify(text)}`)
  for (const [name, [itself, schema]] of Object.entries(rows)) {
    let result
    try {
      result = accepts(schema(), text)
    } catch {
      result = 'none'
    }
    console.log(`  ${name}: ${itself()}, its JSON Schema: ${result}`)
  }
}
JS
echo 'Zod 4.6.7 (and its zod/v3), zod-to-json-schema 3.25.2, ArkType 2.2.10, Valibot 1.5.0, its converter 1.8.0, Ajv 8.20.0'
node try.mjs | tee seen
[ "$(cat seen)" = '/^tea-\d+$/i, "TEA-7"
  Zod: true, its JSON Schema: false
  ArkType: true, its JSON Schema: false
  zod-to-json-schema: true, its JSON Schema: false
  with its option: true, its JSON Schema: true
  Valibot: true, its JSON Schema: none
/^.{1,80}$/s, "Green\ntea"
  Zod: true, its JSON Schema: false
  ArkType: true, its JSON Schema: false
  zod-to-json-schema: true, its JSON Schema: false
  with its option: true, its JSON Schema: false
  Valibot: true, its JSON Schema: none
/^tea-\d+$/, "tea-7"
  Zod: true, its JSON Schema: true
  ArkType: true, its JSON Schema: true
  zod-to-json-schema: true, its JSON Schema: true
  with its option: true, its JSON Schema: true
  Valibot: true, its JSON Schema: true' ]
