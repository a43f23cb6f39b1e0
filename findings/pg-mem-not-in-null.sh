#!/usr/bin/env bash
# One would guess that a database in memory which imitates PostgreSQL finds the rows that PostgreSQL finds, apart from what its README calls
# limits. pg-mem knows that a comparison with NULL is neither true nor false, but not in a list: `NOT IN` a list or a subquery with a
# NULL in it finds all other rows, where PostgreSQL finds none, and finds rows without a value as well. It's a trap of SQL that a test
# is there to find, and the test passes. LEAST and GREATEST are NULL as soon as one value is, where PostgreSQL leaves that one out.
# What helps: PGlite, which is PostgreSQL.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pg-mem@3.0.14 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { newDb } from 'pg-mem'
const setUp = [
  'create table orders (id int, coupon int)',
  'create table blocked (coupon int)',
  'insert into orders values (1, 7), (2, 8), (3, null)',
  'insert into blocked values (8), (null)',
]
const queries = [
  'select id from orders where coupon <> 8 order by id',
  'select id from orders where coupon not in (8) order by id',
  'select id from orders where coupon not in (8, null) order by id',
  'select id from orders where coupon not in (select coupon from blocked) order by id',
  'select least(id, coupon) as id from orders where id = 3',
  'select greatest(id, coupon) as id from orders where id = 3',
]
const real = await PGlite.create()
const { public: mock } = newDb()
for (const sql of setUp) {
  await real.query(sql)
  mock.none(sql)
}
const ids = (rows) => rows.map(({ id }) => id).join(' ') || 'none'
for (const sql of queries) console.log(`${sql.replace(' order by id', '')}: PostgreSQL ${ids((await real.query(sql)).rows)}, pg-mem ${ids(mock.many(sql))}`)
JS
echo 'pg-mem 3.0.14, PGlite 0.5.17'
node try.mjs | tee seen
[ "$(cat seen)" = 'select id from orders where coupon <> 8: PostgreSQL 1, pg-mem 1
select id from orders where coupon not in (8): PostgreSQL 1, pg-mem 1 3
select id from orders where coupon not in (8, null): PostgreSQL none, pg-mem 1 3
select id from orders where coupon not in (select coupon from blocked): PostgreSQL none, pg-mem 1 3
select least(id, coupon) as id from orders where id = 3: PostgreSQL 3, pg-mem none
select greatest(id, coupon) as id from orders where id = 3: PostgreSQL 3, pg-mem none' ]
