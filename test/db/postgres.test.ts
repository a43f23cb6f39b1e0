import { describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { withClient } from '../../db/engines/postgres/dump.ts'
import { asDatabaseError, asOpeningError } from '../../db/engines/postgres/errors.ts'
import { openPostgres } from '../../db/engines/postgres/index.ts'
import { READERS, WRITERS } from '../../db/engines/postgres/pool.ts'
import { DatabaseUnavailable, type OpenOrder, openDatabase } from '../../db/index.ts'
import { startPostgres } from '../../scripts/support/postgres-server.js'
import {
  type AskedDatabase,
  aBuyer,
  aDatabase,
  aNewOrder,
  anEvent,
  anInstance,
  hashOf,
  NOW,
  placeOrder,
} from '../support/database.ts'
import { onPostgres, postgres, serializablePostgres } from '../support/engines.ts'
import { until } from '../support/until.ts'
import { later } from '../support/workplace.ts'
import { aProxy } from './support/proxy.ts'

/** The driver alone, with a table of counters from 0 to 9. */
async function counters(engine = postgres) {
  const url = await engine.anEmptyDatabase()
  await engine.execute(url, 'CREATE TABLE counters AS SELECT id, 0 AS value FROM generate_series(0, 9) AS id')
  const driver = await openPostgres(url, async () => undefined)
  later(driver.close)
  return { url, ...driver, values: () => driver.read('SELECT value FROM counters ORDER BY id', {}) }
}

const COUNT = (id: number) => `UPDATE counters SET value = value + 1 WHERE id = ${id}`

/** Another session that has locked a row, or a table, until it is released, and a look at those that wait. */
async function aLock(url: string, statement: string) {
  const [holder, observer] = await Promise.all([aClient(url), aClient(url)])
  await holder.query('BEGIN')
  await holder.query(statement)
  return { letGo: () => holder.query('COMMIT'), waiting: (count: number) => waiting(observer, count) }
}

async function aClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  later(() => client.end())
  return client
}

const COUNT_WAITING = `
  SELECT CAST(COUNT(*) AS INTEGER) AS waiting
  FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`

/** Resolves once this many statements wait for a lock; soon enough for what is to happen within their deadlines. */
async function waiting(observer: pg.Client, count: number): Promise<void> {
  while ((await observer.query(COUNT_WAITING)).rows[0]?.waiting !== count) await new Promise(setImmediate)
}

onPostgres(() => {
  test('two units that lock each other out are both applied: the one that has to give way comes again', async () => {
    const { url, write, values } = await counters()
    const lock = await aLock(url, COUNT(2))
    const units = [write([COUNT(0), COUNT(2), COUNT(1)], {}), write([COUNT(1), COUNT(2), COUNT(0)], {})]
    await lock.waiting(2) // each holds what the other wants next
    await lock.letGo()
    await Promise.all(units)
    expect((await values()).slice(0, 3)).toEqual([2, 2, 3].map((value) => ({ value })))
  })

  test('serialisation failures are tried again until each unit is applied', async () => {
    const { url, write, values } = await counters(serializablePostgres)
    await write([COUNT(0)], {})
    const DOUBLE = 'UPDATE counters SET value = (SELECT SUM(value) FROM counters) + value WHERE id = 0'
    const instances = await Promise.all([1, 2, 3].map(() => openPostgres(url, async () => undefined)))
    for (const { close } of instances) later(close)
    await Promise.all(instances.map((each) => each.read('SELECT 1 AS one', {}))) // so that all are connected
    await Promise.all(instances.map((each) => each.write([DOUBLE, COUNT(1).replace('+ 1', '+ 0')], {})))
    expect((await values())[0]).toEqual({ value: 2 ** 3 })
  })

  test('a unit is applied as a whole or not at all', async () => {
    const { write, values } = await counters()
    await expect(write([COUNT(0), 'SELECT 1 / 0', COUNT(1)], {})).rejects.toThrow('division by zero')
    await expect(write([COUNT(0), 'SELECT @missing'], {})).rejects.toThrow('needs @missing')
    await write([COUNT(2), COUNT(3)], {})
    expect((await values()).slice(0, 4)).toEqual([0, 0, 1, 1].map((value) => ({ value })))
  })

  test('a row that is locked for too long makes the database unavailable, and nothing was written', async () => {
    const { url, write, values } = await counters()
    const lock = await aLock(url, COUNT(0))
    await expect(write([COUNT(1), COUNT(0)], {})).rejects.toThrow('a lock or statement timeout was exceeded')
    await lock.letGo()
    expect((await values()).slice(0, 2)).toEqual([{ value: 1 }, { value: 0 }])
  })

  test('nobody is offered what they are paying for at this moment', async () => {
    const db = await aDatabase(postgres)
    const buyer = await aBuyer(db)
    const { id, intent } = await placeOrder(db, aNewOrder({ buyer }))
    const settlement = await aLock(
      db.url,
      `INSERT INTO payments (id, order_id, intent, proof, hundredths, currency, product, paid_at)
       VALUES ('p', '${id}', '${intent}', 'status', 25, 'usd', 'article', ${NOW});
       INSERT INTO entitlements (buyer, scope, order_id, created_at)
       VALUES ('${buyer}', 'product:article', '${id}', ${NOW});
       DELETE FROM open_orders`,
    )
    const placing = db.placeOrder(aNewOrder({ buyer }), intent, NOW)
    await settlement.waiting(1)
    await settlement.letGo()
    expect(await placing).toBeUndefined()
  })

  describe('who meets at an order that somebody else holds', () => {
    /** All begin while the order's row is locked, and are let go together. */
    async function meet<T>(
      acts: (db: AskedDatabase, order: OpenOrder, code: string) => Promise<(() => Promise<T>)[]>,
    ) {
      const db = await aDatabase(postgres)
      const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
      const code = hashOf('code')
      await db.confirmOrder(order, code, true, NOW)
      const begin = await acts(db, order, code)
      const lock = await aLock(db.url, 'SELECT 1 FROM buyers FOR UPDATE')
      const begun = begin.map((act) => act())
      await lock.waiting(begun.length)
      await lock.letGo()
      return { db, order, results: await Promise.all(begun) }
    }

    test('four redemptions are three', async () => {
      const { results } = await meet(async (db, { intent }, code) => {
        const phones = await Promise.all(Array.from({ length: 4 }, () => aBuyer(db)))
        return phones.map((phone) => () => db.redeem(intent, code, phone, NOW))
      })
      expect(results.sort()).toEqual(['redeemed', 'redeemed', 'redeemed', 'spent'])
    })

    test.each(['redemption', 'payment'])(
      'a redemption and a payment miss nothing, the %s first',
      async (first) => {
        const { db } = await meet<unknown>(async (db, order, code) => {
          const phone = await db.ensureBuyer(hashOf('phone'), NOW)
          const acts = [
            () => db.redeem(order.intent, code, phone, NOW),
            () => db.settleByEvent(anEvent(order), false, NOW),
          ]
          return first === 'redemption' ? acts : acts.reverse()
        })
        const phone = await db.ensureBuyer(hashOf('phone'), NOW)
        expect(await db.holdsEntitlement(phone, 'article', NOW)).toBe(true)
      },
    )

    test('two events and a status are one payment', async () => {
      const { db, results } = await meet<unknown>(async (db, order) => [
        () => db.settleByEvent(anEvent(order, { jws: 'one' }), false, NOW),
        () => db.settleByEvent(anEvent(order, { jws: 'other' }), false, NOW),
        () => db.settleByStatus(order.intent, NOW),
      ])
      const paying = results.filter((result) => result === 'applied' || result === true)
      expect(paying).toHaveLength(1)
      expect(await db.query('SELECT quarks FROM payments')).toEqual([{ quarks: 2_799_600_000 }])
    })
  })

  test('when all connections of the readers are in use, a read that waits for one fails after a second', async () => {
    const { url, write, read } = await counters()
    const lock = await aLock(url, COUNT(0))
    const readers = Array.from({ length: READERS }, () =>
      read('SELECT value FROM counters WHERE id = 0 FOR UPDATE', {}),
    )
    await lock.waiting(READERS)
    await Promise.all([
      expect(read('SELECT 1 AS one', {})).rejects.toThrow('all connections are in use'),
      write([COUNT(1)], {}),
    ])
    await lock.letGo()
    await Promise.allSettled(readers)
    expect(await read('SELECT 1 AS one', {})).toEqual([{ one: 1 }])
  })

  test('while all writers wait, pages are read', async () => {
    const { url, write, read } = await counters()
    const lock = await aLock(url, COUNT(0))
    const writers = Promise.allSettled(Array.from({ length: 100 }, () => write([COUNT(0)], {})))
    await lock.waiting(WRITERS)
    expect(await read('SELECT 1 AS one', {})).toEqual([{ one: 1 }])
    await lock.letGo()
    await writers
  })

  test('a connection that is cut in the middle of a unit undoes it, and the next unit gets a new one', async () => {
    const { url, write, values } = await counters()
    const lock = await aLock(url, COUNT(0))
    const unit = expect(write([COUNT(1), COUNT(0), COUNT(2)], {})).rejects.toThrow(DatabaseUnavailable)
    await lock.waiting(1)
    await postgres.query(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    await unit
    await lock.letGo()
    await write([COUNT(2)], {})
    expect((await values()).slice(0, 3)).toEqual([1, 0, 1].map((value) => ({ value })))
  })

  test('idle connections that are cut are replaced', async () => {
    const { url, read } = await counters()
    await Promise.all(Array.from({ length: 3 }, () => read('SELECT pg_sleep(0.01)', {})))
    await postgres.query(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
    let failures = 0
    while (failures < READERS) {
      try {
        await read('SELECT 1 AS one', {})
        break
      } catch (error) {
        expect(error).toBeInstanceOf(DatabaseUnavailable)
        failures++
      }
    }
    expect(failures).toBeLessThanOrEqual(3)
  })

  test('a payment whose commit was done but never answered is not called done, and settles once when it comes again', async () => {
    const url = await postgres.anEmptyDatabase()
    const proxy = await aProxy(url)
    const db = await anInstance(proxy.url)
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    await db.settleByEvent(anEvent({ intent: 'of somebody else' }), false, NOW) // so that its statements are prepared
    proxy.listenIn((request) => request.includes(order.intent) && proxy.loseAnswers())
    await expect(db.settleByEvent(anEvent(order), false, NOW)).rejects.toThrow(DatabaseUnavailable)
    const stored = () => postgres.query(url, 'SELECT intent FROM payments')
    expect(await stored()).toEqual([{ intent: order.intent }]) // it was stored, and nobody could know

    proxy.listenIn(() => undefined)
    proxy.loseAnswers(false)
    expect(await db.settleByEvent(anEvent(order), false, NOW)).toBe('duplicate')
    expect(await stored()).toHaveLength(1)
  })

  test('a network that is cut is unavailable at once, and works again when it is back', async () => {
    const proxy = await aProxy(await postgres.anEmptyDatabase())
    const db = await anInstance(proxy.url)
    await db.ping(NOW)
    proxy.listenIn(() => proxy.cut())
    await expect(db.ping(NOW)).rejects.toThrow(DatabaseUnavailable)
    proxy.listenIn(() => undefined)
    await db.ping(NOW)
  })

  test('a server that is stopped or crashes is unavailable, and the same shop goes on when it is back', async () => {
    const server = await startPostgres()
    if (!server) return
    later(server.remove)
    const db = await anInstance(server.url)
    for (const end of [server.stop, server.crash]) {
      await db.ping(NOW)
      await end()
      await expect(db.ping(NOW)).rejects.toThrow(DatabaseUnavailable)
      await server.start()
      await db.ping(NOW)
    }
  })

  test('while a synchronous standby is gone, writes are refused soon, and none of them holds a process of the server', async () => {
    const server = await startPostgres()
    if (!server) return
    later(server.remove)
    const db = await anInstance(server.url)
    const set = async (standby: string) => {
      await postgres.query(server.url, `ALTER SYSTEM SET synchronous_standby_names = '${standby}'`)
      await postgres.query(server.url, 'SELECT pg_reload_conf()')
    }
    await db.ping(NOW)
    await set('gone')
    const write200 = () => Promise.allSettled(Array.from({ length: 200 }, () => aBuyer(db)))
    const messages = (await write200()).concat(await write200()).map((result) => `${Object(result).reason}`)
    expect(messages.filter((message) => message === 'undefined')).toEqual([])
    // The first ones waited in vain, perhaps one more group did later. All others are refused at once.
    expect(messages.filter((message) => /did not confirm/.test(message)).length).toBeGreaterThan(170)
    expect(await db.findBuyer(hashOf('nobody'))).toBeUndefined() // and pages are read
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'`
    await until(async () => (await postgres.query(server.url, waiting)).length === 0)
    await set('')
    await until(() =>
      db.ping(NOW).then(
        () => true,
        () => false,
      ),
    )
  })

  test('a server that falls silent is unavailable before Code stops waiting', async () => {
    const proxy = await aProxy(await postgres.anEmptyDatabase())
    const db = await anInstance(proxy.url)
    const order = await placeOrder(db, aNewOrder({ buyer: await aBuyer(db) }))
    proxy.loseAnswers()
    const began = performance.now()
    const acts = [
      ...Array.from({ length: 200 }, () => db.settleByEvent(anEvent(order), false, NOW)),
      db.findPurchase(order.buyer, 'article', NOW),
    ]
    for (const { status } of await Promise.allSettled(acts)) expect(status).toBe('rejected')
    expect(performance.now() - began).toBeLessThan(3_000)
    proxy.loseAnswers(false)
  })

  test('commits are durable when they are answered, whatever the server is set to', async () => {
    const url = await postgres.anEmptyDatabase()
    await postgres.query(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`)
    const driver = await openPostgres(url, async () => undefined)
    later(driver.close)
    expect(await driver.write(['SHOW synchronous_commit'], {})).toEqual([[{ synchronous_commit: 'on' }]])
  })

  test('whole numbers come back as numbers, also once the statement is prepared', async () => {
    const { read } = await counters()
    for (let time = 0; time < 3; time++)
      expect(
        await read('SELECT COUNT(*) AS counters, CAST(@big AS BIGINT) AS big FROM counters', {
          big: 2 ** 53 - 1,
        }),
      ).toEqual([{ counters: 10, big: 2 ** 53 - 1 }])
  })

  test('an error of ours shows no row of the database', async () => {
    const db = await aDatabase(postgres)
    const buyer = await aBuyer(db)
    const order = aNewOrder({ buyer, hundredths: 0, clientSecret: 'nobody may read this' })
    const error = await placeOrder(db, order).catch((reason) => reason)
    expect(error.message).toMatch(/check constraint/)
    expect(JSON.stringify(error) + error.detail).not.toContain('nobody may read')
  })
})

onPostgres(() => {
  const open = (url: string) => openDatabase({ url, mode: 'sandbox' })
  const changed = (url: string, change: (parts: URL) => void) => {
    const parts = new URL(url)
    change(parts)
    return parts.href
  }

  test('a server that is not there is named, and the password is not', async () => {
    const opening = open('postgres://shop:hunter2@127.0.0.1:1/shop')
    await expect(opening).rejects.toThrow(DatabaseUnavailable)
    await expect(opening).rejects.toThrow(
      'PostgreSQL at 127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1. Start it, or correct DATABASE_URL.',
    )
    expect(JSON.stringify(await opening.catch((error) => ({ ...error, stack: error.stack })))).not.toContain(
      'hunter2',
    )
  })

  test('a server that can only be read is called that, and it is not said to be stopped', async () => {
    const url = await postgres.anEmptyDatabase()
    const name = new URL(url).pathname.slice(1)
    await postgres.query(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    await expect(open(url)).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      reason: 'it is read-only',
      message: expect.stringMatching(
        /^PostgreSQL at \S+ cannot be used now: .* If it is a standby, set DATABASE_URL to the primary\.$/,
      ),
    })
  })

  const ADVICE: [string, RegExp][] = [
    ['53100', /the disk is full .*Free some space/],
    ['53300', /out of connections .*max_connections/],
    ['55P03', /Another instance is updating the tables, .*wait until that is finished/],
    ['58030', /a disk error .*log may say more/],
    ['57P03', /does not answer: .*Start it/],
  ]
  test.each(ADVICE)(
    'what a server itself reports as %s comes with what can be done about it',
    (code, advice) => {
      const error = Object.assign(new Error('as the server puts it'), { code, severity: 'FATAL' })
      const server = { host: 'db', port: 5432, user: 'shop', database: 'shop' }
      expect(asOpeningError(error, server).message).toMatch(advice)
    },
  )

  test('a server none of whose addresses answers is reported by the code of that', () => {
    const cause = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })
    expect(asDatabaseError(cause).message).toMatch('it cannot be reached (ECONNREFUSED)')
  })

  test('a connection that the server ends during a backup says why', async () => {
    const url = await postgres.anEmptyDatabase()
    const lost = withClient(url, async (client) => {
      const ended = new Promise<void>((resolve) => client.once('end', resolve))
      await postgres.query(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nickel-backup' AND datname = current_database()`,
      )
      await ended
      await client.query('SELECT 1')
    })
    await expect(lost).rejects.toThrow('terminating connection due to administrator command')
  })

  test('a server that falls silent after it was connected is named', async () => {
    const proxy = await aProxy(await postgres.anEmptyDatabase())
    proxy.listenIn((request) => request.includes('BEGIN') && proxy.loseAnswers())
    await expect(open(proxy.url)).rejects.toThrow(/accepted the connection, but then did not answer/)
  })

  test('no deadline of the server’s ends what the start does, such as migrations', async () => {
    const url = await postgres.anEmptyDatabase()
    const name = new URL(url).pathname.slice(1)
    await postgres.query(url, `ALTER DATABASE ${name} SET statement_timeout = '5s'`)
    const found: unknown[] = []
    const driver = await openPostgres(url, async (database) => {
      found.push(...(await database.query('SHOW statement_timeout', {})))
    })
    await driver.close()
    expect(found).toEqual([{ statement_timeout: '0' }])
  })

  test('a server that allows a single connection is called that', async () => {
    const proxy = await aProxy(await postgres.anEmptyDatabase())
    proxy.allowConnections(1)
    await expect(open(proxy.url)).rejects.toThrow(/accepts no second connection while the first one is open/)
  })

  test('a database that is not there is named, with the command that makes it', async () => {
    const url = changed(await postgres.anEmptyDatabase(), (parts) => (parts.pathname = '/missing'))
    await expect(open(url)).rejects.toThrow(/has no database missing\. Create it \(createdb missing\)/)
  })

  test('a user who may not make tables is told who could', async () => {
    const url = await postgres.anEmptyDatabase()
    const role = `${new URL(url).pathname.slice(1)}_guest`
    await postgres.execute(url, `CREATE ROLE ${role} LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC`)
    later(() => postgres.query(process.env.TEST_DATABASE_URL ?? '', `DROP ROLE ${role}`))
    await expect(open(changed(url, (parts) => (parts.username = role)))).rejects.toThrow(
      new RegExp(`does not allow ${role} to create tables.*OWNER TO ${role}`),
    )
  })

  test('a server without the TLS that DATABASE_URL asks for is not called silent', async () => {
    const server = await startPostgres()
    if (!server) return
    later(server.remove)
    await expect(open(`${server.url}?sslmode=verify-full`)).rejects.toThrow(
      /answers, but without TLS, which DATABASE_URL asks for\. Switch it on/,
    )
  })

  test('a wrong password, or none, is called that', async () => {
    const server = await startPostgres()
    if (!server) return
    later(server.remove)
    await postgres.execute(server.url, `CREATE ROLE shop LOGIN PASSWORD 'right'; ${DEMAND_PASSWORDS}`)
    for (const login of ['shop:hunter2', 'shop']) {
      const opening = open(server.url.replace('nickel', login))
      await expect(opening).rejects.toThrow(
        /does not let shop in: .* Correct user and password in DATABASE_URL\./,
      )
      await expect(opening).rejects.not.toThrow('hunter2')
    }
    await expect(open(server.url.replace('nickel', 'nobody'))).rejects.toThrow('does not let nobody in')
  })
})

const DEMAND_PASSWORDS = `
  DO $$ BEGIN
    EXECUTE format('COPY (VALUES (%L), (%L)) TO %L', 'host all nickel all trust', 'host all all all scram-sha-256',
      current_setting('hba_file'));
    PERFORM pg_reload_conf();
  END $$`
