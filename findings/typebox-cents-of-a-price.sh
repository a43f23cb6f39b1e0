#!/usr/bin/env bash
# One would guess that a schema for whole cents refuses 5.99. What TypeBox makes of it for `Type.Integer()` is 5, which passes any check behind
# it, so a price that was sent in dollars costs five cents; true is 1. It is `Value.Convert`, which is there for texts of forms
# and queries, and `Value.Parse` of `@sinclair/typebox` converts as well. The newer `typebox` refuses all of these in Parse, and its
# Convert makes 0 of null and of an empty field, so a price that nobody has filled in is free; `1e3` is 1 in the old and 1000 in the
# new one. `Value.Check` and a compiled check convert nothing. The documentation says "convert if a reasonable conversion is
# possible". What helps: a check first, or a schema of a text with a pattern, converted by oneself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @sinclair/typebox@0.34.52 typebox@1.4.3 > /dev/null

cat > try.mjs << 'JS'
for (const name of ['@sinclair/typebox', 'typebox']) {
  const { Type } = await import(name)
  const { Value } = await import(`${name}/value`)
  const schema = Type.Object({ cents: Type.Integer() })
  for (const call of ['Parse', 'Convert']) {
    const seen = [5.99, '5.99', '1e3', true, null, '', '5,99'].map((cents) => {
      try {
        const value = Value[call](schema, { cents })
        if (Value.Check(schema, value)) return `${JSON.stringify(cents)} is ${value.cents}`
      } catch {}
      return `${JSON.stringify(cents)} is refused`
    })
    console.log(`${name}, ${call} and Check: ${seen.join(', ')}`)
  }
}
JS
echo '@sinclair/typebox 0.34.52, typebox 1.4.3'
node try.mjs | tee seen
[ "$(cat seen)" = '@sinclair/typebox, Parse and Check: 5.99 is 5, "5.99" is 5, "1e3" is 1, true is 1, null is refused, "" is refused, "5,99" is refused
@sinclair/typebox, Convert and Check: 5.99 is 5, "5.99" is 5, "1e3" is 1, true is 1, null is refused, "" is refused, "5,99" is refused
typebox, Parse and Check: 5.99 is refused, "5.99" is refused, "1e3" is refused, true is refused, null is refused, "" is refused, "5,99" is refused
typebox, Convert and Check: 5.99 is 5, "5.99" is 5, "1e3" is 1000, true is 1, null is 0, "" is 0, "5,99" is refused' ]
