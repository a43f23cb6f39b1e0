#!/usr/bin/env bash
# One would guess that the type of a column decides about the type of its values, as with pg, where each bigint is a text. PGlite gives
# a bigint as a number as long as it is a safe one, and as a BigInt beyond: in one column, and in one array. So a sum of ids or amounts
# works in every test, and throws "Cannot mix BigInt and other types" with the first large row; JSON.stringify throws, too. A SUM over
# bigints is a numeric, and thus a text. What helps: a parser of one's own for the type 20, or a cast to text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.3.7 > /dev/null

cat > try.mjs << 'JS'
import { PGlite, types } from '@electric-sql/pglite'
const SUMS = `SELECT amount FROM (VALUES (25::bigint), (9007199254740993)) AS sums (amount)`
const db = await PGlite.create()
const { rows, fields } = await db.query(SUMS)
console.log('one column of type', fields[0].dataTypeID, 'has', rows.map(({ amount }) => typeof amount).join(' and '))
try {
  rows.reduce((sum, { amount }) => sum + amount, 0)
} catch (error) {
  console.log('adding them:', error.name)
}
const total = await db.query(`SELECT SUM(amount) AS total FROM (${SUMS} LIMIT 1) AS first`)
console.log('the SUM of the first:', typeof total.rows[0].total)
const asTexts = await db.query(SUMS, [], { parsers: { [types.INT8]: (text) => text } })
console.log('with a parser:', asTexts.rows.map(({ amount }) => typeof amount).join(' and '))
await db.close()
JS
node try.mjs | tee seen
[ "$(cat seen)" = 'one column of type 20 has number and bigint
adding them: TypeError
the SUM of the first: string
with a parser: string and string' ]
