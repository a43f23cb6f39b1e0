import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { openDatabase } from '../../db/index.ts'
import { once } from '../../server/once.ts'
import { describeUnless } from './skipping.ts'
import { aFolder, later } from './workplace.ts'

type Row = Record<string, unknown>

/** A kind of database that the shop runs on. */
export interface Engine {
  name: 'sqlite' | 'postgres'
  /** The URL of a database of the test's own, empty, and gone after the test. */
  anEmptyDatabase(): Promise<string>
  /**
   * The same, but with the shop's tables: a copy of one on which all migrations have run, since running them takes longer
   * than most tests. It belongs to neither mode yet.
   */
  aMigratedDatabase(): Promise<string>
  /** Asks or changes a database past the shop, over a connection that stays until the end of the test. */
  query(url: string, sql: string): Promise<Row[]>
  /** Ends that connection, for those who must be alone in the database. */
  disconnect(url: string): Promise<void>
  /** Runs a file of statements past the shop. */
  execute(url: string, script: string): Promise<unknown>
}

export const sqlite: Engine = {
  name: 'sqlite',
  anEmptyDatabase: async () => `sqlite:${join(aFolder(), 'shop.db')}`,
  async aMigratedDatabase() {
    const path = join(aFolder(), 'shop.db')
    copyFileSync(await sqliteTemplate(), path)
    return `sqlite:${path}`
  },
  query: (url, sql) =>
    withFile(url, (file) => {
      const statement = file.prepare(sql)
      if (statement.reader) return statement.all() as Row[]
      statement.run()
      return []
    }),
  disconnect: async () => undefined, // none stays
  execute: (url, script) => withFile(url, (file) => file.exec(script)),
}

// Templates are shared by all test files of a run, and by no other run: see before-all.js.
const { TEST_FOLDER: templateFolder, TEST_DATABASE_TEMPLATE: templateName = '' } = process.env
const sqliteTemplate = once(makeSqliteTemplate)
const postgresTemplate = once(makePostgresTemplate)

/** Another worker may do the same at the same time. Then the last one's file stays, and is as good. */
async function makeSqliteTemplate(): Promise<string> {
  if (!templateFolder) throw new Error('There is no TEST_FOLDER, which test/support/before-all.js makes.')
  const template = join(templateFolder, 'migrated.db')
  if (existsSync(template)) return template
  const file = join(mkdtempSync(join(templateFolder, 'unfinished-')), 'shop.db')
  await migrate(sqlite, `sqlite:${file}`)
  renameSync(file, template)
  return template
}

async function migrate(engine: Engine, url: string): Promise<void> {
  const db = await openDatabase({ url, mode: 'sandbox' })
  await db.close()
  await engine.execute(url, `DELETE FROM meta WHERE key = 'mode'`) // and leaves: nobody may be in a template
}

async function withFile<T>(url: string, work: (file: Sqlite.Database) => T): Promise<T> {
  const file = new Sqlite(url.replace(/^sqlite:/, ''))
  try {
    return work(file)
  } finally {
    file.close()
  }
}

// The tests' own server, or the one that the developer has named: see before-all.js.
const { TEST_DATABASE_URL: serverUrl } = process.env

export const postgres: Engine = {
  name: 'postgres',
  anEmptyDatabase: () => createDatabase(''),
  async aMigratedDatabase() {
    await postgresTemplate()
    return createDatabase(`TEMPLATE ${templateName}`)
  },
  query: async (url, sql) => (await (await clientOf(url)).query<Row>(sql)).rows,
  disconnect,
  execute: (url, script) => withClient(url, (client) => client.query(script)),
}

const clients = new Map<string, Promise<pg.Client>>()

/** The test's own connection: opening one takes longer than most queries. */
function clientOf(url: string): Promise<pg.Client> {
  const known = clients.get(url)
  if (known) return known
  const client = connect(url)
  clients.set(url, client)
  later(() => disconnect(url))
  return client
}

async function disconnect(url: string): Promise<void> {
  const client = clients.get(url)
  clients.delete(url)
  await (await client)?.end()
}

const askServer = (sql: string) => postgres.query(serverUrl ?? '', sql)

async function createDatabase(options: string): Promise<string> {
  const name = `nickel_test_${randomBytes(8).toString('hex')}`
  const url = new URL(serverUrl ?? '')
  await askServer(`CREATE DATABASE ${name} ${await findStrategy()} ${options}`)
  later(() => askServer(`DROP DATABASE ${name} WITH (FORCE)`))
  url.pathname = `/${name}`
  return url.href
}

/** How a database is copied. Since PostgreSQL 15 each page also goes to the log, which takes twice the time of copying files. */
const findStrategy = once(async () => {
  const [version] = await askServer('SHOW server_version_num')
  return Number(version?.server_version_num) >= 150_000 ? 'STRATEGY file_copy' : ''
})

/** Whoever is first makes the template, while others wait. */
function makePostgresTemplate(): Promise<void> {
  return withClient(serverUrl ?? '', async (client) => {
    await client.query('SELECT pg_advisory_lock(1)') // until the connection ends
    const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [templateName])
    if (rows.length > 0) return
    const unfinished = `${templateName}_unfinished`
    await client.query(`CREATE DATABASE ${unfinished}`)
    await migrate(postgres, Object.assign(new URL(serverUrl ?? ''), { pathname: `/${unfinished}` }).href)
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${templateName}`)
  })
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser }, pipeline: true })
  await client.connect()
  return client
}

/** Whose transactions are stricter than the shop needs, as those of some engines that speak PostgreSQL's protocol. */
export const serializablePostgres: Engine = {
  ...postgres,
  anEmptyDatabase: async () => makeSerializable(await postgres.anEmptyDatabase()),
  aMigratedDatabase: async () => makeSerializable(await postgres.aMigratedDatabase()),
}

async function makeSerializable(url: string): Promise<string> {
  const name = new URL(url).pathname.slice(1)
  await askServer(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`)
  return url
}

/** Whose text is in the order of a language unless a column says otherwise, as on most servers. */
export const localePostgres: Engine = {
  ...postgres,
  anEmptyDatabase: createLocaleDatabase,
  aMigratedDatabase: createLocaleDatabase, // those of another locale can't be copied from the template
}

function createLocaleDatabase(): Promise<string> {
  return createDatabase(
    `TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`,
  )
}

function getTypeParser(type: number) {
  return type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type)
}

/** The same tests on each engine: what they say is the contract that every driver keeps. */
export function onEveryEngine(tests: (engine: Engine) => void): void {
  onSqliteAndPostgres(tests)
  onPostgres(tests, serializablePostgres)
}

/** Where stricter transactions make no difference. */
export function onSqliteAndPostgres(tests: (engine: Engine) => void): void {
  describe('on SQLite', () => tests(sqlite))
  onPostgres(tests)
}

const NAMES = new Map([
  [serializablePostgres, ' with serializable transactions'],
  [localePostgres, ' in the order of a language'],
])

export function onPostgres(tests: (engine: Engine) => void, engine = postgres): void {
  const name = `on PostgreSQL${NAMES.get(engine) ?? ''}`
  describeUnless(!serverUrl && 'no PostgreSQL')(name, () => tests(engine))
}
