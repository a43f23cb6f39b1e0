#!/usr/bin/env bash
# One would guess that PostgreSQL rounds 2.5 to 3, and that a parameter is rounded as the number in its place would be. There
# are two functions of that name: for numeric, halves go away from zero, for double precision to the even neighbour. A number
# with a point is numeric. A parameter has no type, and of the two, PostgreSQL prefers double precision, so `round($1)` makes 2
# of 2.5, and `round($1, 0)` makes 3, since `round(…, 2)` is there for numeric only. So a discount that is tried in psql and
# moved into a program is a cent off for every other half. What helps: `round($1::numeric)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create()
const ask = async (sql, ...values) => Object.values((await db.query(`SELECT ${sql}`, values)).rows[0])[0]
console.log(await ask(`split_part(version(), ' (', 1)`))
for (const cents of ['0.5', '1.5', '2.5', '-2.5']) {
  console.log(`${cents}: written ${await ask(`round(${cents})`)}, parameter ${await ask('round($1)', cents)}, ` +
    `with digits ${await ask('round($1, 0)', cents)}, with a type ${await ask('round($1::numeric)', cents)}`)
}
console.log(`the parameter is ${await ask('pg_typeof(round($1))::text', '2.5')}`)
JS
node try.mjs | tee seen
[ "$(cat seen)" = 'PostgreSQL 18.7
0.5: written 1, parameter 0, with digits 1, with a type 1
1.5: written 2, parameter 2, with digits 2, with a type 2
2.5: written 3, parameter 2, with digits 3, with a type 3
-2.5: written -3, parameter -2, with digits -3, with a type -3
the parameter is double precision' ]
