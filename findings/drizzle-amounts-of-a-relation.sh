#!/usr/bin/env bash
# One would guess that a column with `mode: 'bigint'` or a numeric that Drizzle reads as a string has the same value whichever query reads it. A query
# with relations, `findMany({ with: { payments: true } })`, reads what belongs to a row as JSON, and the driver's JSON.parse() makes
# JavaScript numbers of it before Drizzle turns them into a bigint or a string. So the type is right and the value isn't: of an amount
# in quarks, the last digits are other ones, an id is that of another row, and 90071992547409.93 is a cent more. select() and a
# findMany() of the payments themselves are right. It is in the project's list of bugs. What helps: `extras` with `::text` for such
# columns, or a join by select().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps drizzle-orm@0.45.4 @electric-sql/pglite@0.5.17 > /dev/null

cat > try.mjs << 'JS'
import { PGlite } from '@electric-sql/pglite'
import { relations, sql } from 'drizzle-orm'
import { bigint, integer, numeric, pgTable } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/pglite'
const buyers = pgTable('buyers', { id: integer().primaryKey() })
const payments = pgTable('payments', {
  id: bigint({ mode: 'bigint' }).primaryKey(),
  buyerId: integer('buyer_id'),
  amount: numeric({ precision: 20, scale: 2 }),
})
const schema = {
  buyers,
  payments,
  ofBuyers: relations(buyers, ({ many }) => ({ payments: many(payments) })),
  ofPayments: relations(payments, ({ one }) => ({ buyer: one(buyers, { fields: [payments.buyerId], references: [buyers.id] }) })),
}
const client = await PGlite.create()
await client.exec(`CREATE TABLE buyers (id INT); CREATE TABLE payments (id BIGINT, buyer_id INT, amount NUMERIC(20, 2));
INSERT INTO buyers VALUES (1); INSERT INTO payments VALUES (9007199254740993, 1, 90071992547409.93)`)
const db = drizzle(client, { schema })
const show = (name, { id, amount }) => console.log(`${name}: id ${id}, ${typeof id}; amount ${amount}, ${typeof amount}`)
show('select()', (await db.select().from(payments))[0])
show('payments.findMany()', (await db.query.payments.findMany())[0])
show('buyers.findMany(), with', (await db.query.buyers.findMany({ with: { payments: true } }))[0].payments[0])
const extras = (fields) => ({ id: sql`${fields.id}::text`.as('id'), amount: sql`${fields.amount}::text`.as('amount') })
show('  with extras', (await db.query.buyers.findMany({ with: { payments: { columns: {}, extras } } }))[0].payments[0])
JS
echo 'Drizzle 0.45.4, PGlite 0.5.17'
node try.mjs | tee seen
[ "$(cat seen)" = 'select(): id 9007199254740993, bigint; amount 90071992547409.93, string
payments.findMany(): id 9007199254740993, bigint; amount 90071992547409.93, string
buyers.findMany(), with: id 9007199254740992, bigint; amount 90071992547409.94, string
  with extras: id 9007199254740993, string; amount 90071992547409.93, string' ]
