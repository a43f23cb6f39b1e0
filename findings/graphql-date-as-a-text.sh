#!/usr/bin/env bash
# One would guess that a Date which a field of GraphQL gives as a String is the text that it is in JSON. graphql asks an object for its
# valueOf() first, and for a Date that's a number: `paidAt` is "1793491200000". As a text of digits, that is an invalid date to the
# page which reads it. What comes from a database as a text, as with SQLite, is right, so it begins with the move to PostgreSQL,
# whose driver gives Dates. What helps: a scalar for times, such as DateTime of graphql-scalars, or toISOString() in the resolver.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund graphql@16.15.0 graphql-scalars@1.24.2 > /dev/null

cat > try.mjs << 'JS'
import { buildSchema, graphql } from 'graphql'
import { DateTimeResolver } from 'graphql-scalars'
const schema = buildSchema('scalar DateTime type Query { asString: String, asDateTime: DateTime }')
Object.assign(schema.getType('DateTime'), { serialize: DateTimeResolver.serialize })
for (const paidAt of ['2026-11-01T00:00:00.000Z', new Date('2026-11-01')]) {
  const rootValue = { asString: paidAt, asDateTime: paidAt }
  const { data } = await graphql({ schema, source: '{ asString asDateTime }', rootValue })
  const answer = JSON.parse(JSON.stringify(data))
  const kind = typeof paidAt === 'string' ? 'a text' : 'a Date'
  console.log(`${kind}: JSON ${JSON.stringify(paidAt)}, String "${answer.asString}", DateTime "${answer.asDateTime}"`)
  console.log(`  read again from String: ${new Date(answer.asString)}`)
}
JS
echo 'graphql 16.15.0, graphql-scalars 1.24.2'
TZ=UTC node try.mjs | tee seen
[ "$(cat seen)" = 'a text: JSON "2026-11-01T00:00:00.000Z", String "2026-11-01T00:00:00.000Z", DateTime "2026-11-01T00:00:00.000Z"
  read again from String: Sun Nov 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)
a Date: JSON "2026-11-01T00:00:00.000Z", String "1793491200000", DateTime "2026-11-01T00:00:00.000Z"
  read again from String: Invalid Date' ]
