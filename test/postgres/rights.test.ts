import { expect, test } from '@jest/globals'
import { openDatabase } from '../../db/index.ts'
import { backUp, restore } from '../support/backups.ts'
import { aDatabase, anInstance } from '../support/database.ts'
import { aPatient } from '../support/doctor.ts'
import { onPostgres, postgres } from '../support/engines.ts'
import { aShop } from '../support/shop.ts'
import { later } from '../support/workplace.ts'

const askServer = (sql: string) => postgres.query(process.env.TEST_DATABASE_URL ?? '', sql)

const nameOf = (url: string) => new URL(url).pathname.slice(1)

const nameOfUser = async (url: string) => (await postgres.query(url, 'SELECT current_user AS name'))[0]?.name

/** A role that owns the database, and the URL with which it connects. */
async function anOwner(url: string) {
  const name = nameOf(url)
  const role = `${name}_shop`
  await askServer(`CREATE ROLE ${role} LOGIN`)
  await askServer(`ALTER DATABASE ${name} OWNER TO ${role}`)
  later(async () => {
    await postgres.execute(url, `REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}`)
    await askServer(`DROP ROLE ${role}`)
  })
  const own = new URL(url)
  own.username = role
  return { role, url: own.href }
}

onPostgres(() => {
  const open = (url: string) => openDatabase({ url, mode: 'live' })

  test('tables of another user are called that at the start, with what gives them to the shop', async () => {
    const url = await postgres.anEmptyDatabase()
    await (await open(url)).close()
    const shop = await anOwner(url)
    const opening = open(shop.url)
    await expect(opening).rejects.toMatchObject({ name: 'DatabaseRefused' })
    await expect(opening).rejects.toThrow(
      `does not let ${shop.role} use what belongs to another user: permission denied for table`,
    )
    await expect(opening).rejects.toThrow(`'${shop.role}') FROM pg_tables`)
  })

  test('a single table that may not be used stops a start, and is broken to the doctor', async () => {
    const url = await postgres.anEmptyDatabase()
    const shop = await anOwner(url)
    await (await open(shop.url)).close()
    await postgres.query(url, 'ALTER TABLE orders OWNER TO CURRENT_USER')
    const what = `does not let ${shop.role} use tables of the shop: orders, which belongs to ${await nameOfUser(url)}.`
    await expect(open(shop.url)).rejects.toThrow(what)
    const { of } = await (await aPatient()).examine({ databaseUrl: shop.url }, { only: ['database'] })
    expect(of('database')).toMatchObject({ verdict: 'broken', meaning: expect.stringContaining(what) })
    const [, table, role] = /format\('([^']*)', tablename, '([^']*)'\)/.exec(of('database').meaning) ?? []
    expect([table, role]).toEqual(['ALTER TABLE %I OWNER TO %I', shop.role])
    await postgres.query(url, `ALTER TABLE orders OWNER TO ${shop.role}`)
    await (await open(shop.url)).close()
  })

  test('a restore over what belongs to another user changes nothing, and names it with the commands that help', async () => {
    const url = await postgres.anEmptyDatabase()
    const shop = await anOwner(url)
    const db = await anInstance(shop.url)
    const { file } = await backUp(shop)
    await db.close()
    await postgres.execute(url, "CREATE TABLE other (id SERIAL); CREATE TYPE mood AS ENUM ('good')")
    const superuser = await nameOfUser(url)
    await postgres.disconnect(url)
    const restoring = restore(file, shop)
    await expect(restoring).rejects.toMatchObject({ name: 'DatabaseRefused' })
    await expect(restoring).rejects.toThrow(
      `: the type public.mood belongs to ${superuser}, the table public.other belongs to ${superuser}. Nothing was changed. As a superuser, run in psql: ALTER type public.mood OWNER TO ${shop.role}; ALTER table public.other OWNER TO ${shop.role}; Or`,
    )
    const [, commands = ''] = /in psql: (.*;) Or/.exec(await restoring.catch(({ message }) => message)) ?? []
    await postgres.execute(url, commands)
    expect(await restore(file, shop)).toMatchObject({ aside: expect.stringContaining('before_restore') })
  })

  test('a restore by a user who may not create a schema says what to allow', async () => {
    const url = await postgres.aMigratedDatabase()
    const shop = await anOwner(url)
    await postgres.execute(
      url,
      `ALTER DATABASE ${nameOf(url)} OWNER TO CURRENT_USER; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${shop.role}`,
    )
    const { file } = await backUp(await aDatabase(postgres))
    await expect(restore(file, shop)).rejects.toThrow(
      `Nothing was changed. As the owner of the database, run in psql: GRANT CREATE ON DATABASE ${nameOf(url)} TO ${shop.role};`,
    )
  })

  test('a running shop that may no longer use a table is not ready, and says why', async () => {
    const url = await postgres.aMigratedDatabase()
    const owner = await anOwner(url)
    await postgres.query(url, `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${owner.role}`)
    const shop = await aShop({ config: { databaseUrl: owner.url } })
    await postgres.query(url, `REVOKE INSERT ON orders FROM ${owner.role}`)
    await shop.browser().post('/create-intent').send({ product: 'article' }).expect(503)
    const { status, text } = await shop.request().get('/readyz')
    expect(status).toBe(503)
    expect(text).toContain('it does not let the shop use all of its tables')
  })
})
