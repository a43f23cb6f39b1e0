#!/usr/bin/env bash
# One would guess that two values of the type citext are compared without regard to case, wherever that is done. What compares them are
# operators of the extension, and PostgreSQL looks for operators in the search path. A function with `SET search_path = ''`, as
# linters and guides for safe functions demand, doesn't find them, and takes those of text, without an error: ann@ is not
# Ann@, although both have the type, and the unique index of the same column refuses a second one. The last lines of the extension's
# page say it. What helps: `SET search_path = pg_catalog, public`, or another schema that has the extension; OPERATOR(public.=);
# or a body with BEGIN ATOMIC or RETURN, whose operators are found when the function is created.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
const db = await PGlite.create({ extensions: { citext } })
console.log((await db.query('SHOW server_version')).rows[0].server_version)
await db.exec(`CREATE EXTENSION citext; CREATE TABLE buyers (email citext UNIQUE); INSERT INTO buyers VALUES ('Ann@example.org')`)
const query = 'SELECT EXISTS (SELECT FROM public.buyers WHERE email = address)'
const ways = {
  'no search path of its own': `AS '${query}'`,
  "search_path = ''": `SET search_path = '' AS '${query}'`,
  'search_path = pg_catalog, public': `SET search_path = pg_catalog, public AS '${query}'`,
  "search_path = '', OPERATOR(public.=)": `SET search_path = '' AS '${query.replace(' = ', ' OPERATOR(public.=) ')}'`,
  "search_path = '', RETURN": `SET search_path = '' RETURN (${query})`,
}
for (const [name, body] of Object.entries(ways)) {
  await db.exec(`CREATE OR REPLACE FUNCTION known(address public.citext) RETURNS BOOLEAN LANGUAGE sql ${body}`)
  const { rows } = await db.query(`SELECT known('ann@example.org') AS ann, known('Ann@example.org') AS "Ann"`)
  console.log(`${name}: ann@ is ${rows[0].ann ? '' : 'not '}known, Ann@ is ${rows[0].Ann ? '' : 'not '}known`)
}
console.log('INSERT of ann@:', await db.query(`INSERT INTO buyers VALUES ('ann@example.org')`).catch((error) => error.message))
JS
node try.mjs | tee seen
[ "$(tail -n +2 seen)" = "no search path of its own: ann@ is known, Ann@ is known
search_path = '': ann@ is not known, Ann@ is known
search_path = pg_catalog, public: ann@ is known, Ann@ is known
search_path = '', OPERATOR(public.=): ann@ is known, Ann@ is known
search_path = '', RETURN: ann@ is known, Ann@ is known
INSERT of ann@: duplicate key value violates unique constraint \"buyers_email_key\"" ]
