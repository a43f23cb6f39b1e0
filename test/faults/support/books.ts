import Sqlite from 'better-sqlite3'
import type { Bench } from '../fault.ts'

/** What stands in a shop's database, looked at from outside. */
export function readBooks(databaseFile: string) {
  const file = new Sqlite(databaseFile, { readonly: true, timeout: 5_000 })
  const column = (sql: string) => file.prepare(sql).pluck().all() as string[]
  try {
    return {
      orders: new Set(column('SELECT id FROM intents')),
      paid: new Set(column('SELECT intent FROM payments')),
      paidByWebhook: new Set(column(`SELECT intent FROM payments WHERE proof = 'webhook'`)),
      /** One for each right that was given, and for each event that has paid: an intent twice would be paid twice */
      entitled: column('SELECT payments.intent FROM entitlements JOIN payments USING (order_id)'),
      applied: column(`SELECT intent FROM events WHERE verdict = 'applied'`),
      isSound:
        file.pragma('integrity_check', { simple: true }) === 'ok' &&
        (file.pragma('foreign_key_check') as unknown[]).length === 0,
    }
  } finally {
    file.close()
  }
}

/** Every one of these is paid, once, and what else stands there makes sense. Answers with how many were lost. */
export function checkPaidOnce(bench: Bench, databaseFile: string, acknowledged: Iterable<string>): number {
  const books = readBooks(databaseFile)
  const entitled = new Set(books.entitled)
  const lost = [...acknowledged].filter((intent) => !books.paid.has(intent) || !entitled.has(intent))
  bench.check(lost.length === 0, `${lost.length} acknowledged deliveries are not paid, like ${lost[0]}`)
  bench.check(books.entitled.length === entitled.size, 'an order has given its buyer more than one right')
  bench.check(books.applied.length === new Set(books.applied).size, 'an order was paid by two events')
  bench.check(books.isSound, 'the database is not sound')
  return lost.length
}

/** Everything that the sequencer has is an order of ours. Answers with how many it has. */
export function checkKnown(bench: Bench, databaseFile: string, sequencerFile: string): number {
  const sequencer = new Sqlite(sequencerFile, { readonly: true, timeout: 5_000 })
  const intents = sequencer.prepare('SELECT intent FROM requests').pluck().all() as string[]
  sequencer.close()
  const { orders } = readBooks(databaseFile)
  const unknown = intents.filter((intent) => !orders.has(intent))
  bench.check(
    unknown.length === 0,
    `the sequencer has ${unknown.length} intents that the shop does not know, like ${unknown[0]}`,
  )
  return intents.length
}
