import { cpSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { DatabaseRefused } from '../../db/engines/errors.ts'
import { migrate } from '../../db/engines/migrate.ts'
import { findMisnamed, isOwn, readMigrations, scriptFor } from '../../db/engines/migrations.ts'
import { openPostgres } from '../../db/engines/postgres/index.ts'
import { openSqlite } from '../../db/engines/sqlite/index.ts'
import { copyAssets } from '../../scripts/copy-assets.js'
import { aPaidOrder, backUp } from '../support/backups.ts'
import { aDatabase, anInstance, hashOf, NOW } from '../support/database.ts'
import {
  type Engine,
  localePostgres,
  onEveryEngine,
  onPostgres,
  onSqliteAndPostgres,
  postgres,
  sqlite,
} from '../support/engines.ts'
import { run } from '../support/process.ts'
import { aFolder, later } from '../support/workplace.ts'

const ONE_TO_FOUR = [
  ['001-first.sql', 'b9a4ca439e07f4f947c6262aa1b9ee94b56507a35660768d2b2ec9b2dad11392'],
  ['002-leases.sql', 'ffd8d83280c088b296b0f085606f71debbb74fe0df2557b852f0c92d6ebc2680'],
  ['003-open-orders-of-intent.sql', 'c504a0054eee7cde63b3546a593a6580e2ad7766fad4a3b02e40b25da3f1f6b2'],
  ['004-open-orders-apart.sql', '48cc87fa69feefdb3929163517149de4b822921da86bf7478a4b57892402a004'],
]

/** A copy of the project's migrations, which a test may change. */
function aMigrationsFolder(): string {
  const folder = aFolder()
  cpSync('db/migrations', folder, { recursive: true })
  return folder
}

/** Brings a database up to date as a shop with these migrations would, at its start. */
async function upgrade(engine: Engine, url: string, folder = 'db/migrations', now = NOW): Promise<void> {
  const open = engine === sqlite ? openSqlite : openPostgres
  const driver = await open(url.replace(/^sqlite:/, ''), (database) =>
    migrate(database, { mode: 'sandbox', now, migrations: readMigrations(folder) }),
  )
  later(driver.close)
  await driver.close()
}

/** A database as shops made it that only counted their migrations. */
async function aNumberedDatabase(engine: Engine, version: number): Promise<string> {
  const url = await engine.anEmptyDatabase()
  for (const [name] of ONE_TO_FOUR.slice(0, version))
    await engine.execute(url, readFileSync(`db/migrations/${name}`, 'utf8'))
  await engine.execute(
    url,
    `INSERT INTO meta VALUES ('schema_version', '${version}'), ('mode', 'sandbox');
     INSERT INTO buyers VALUES ('a', 1)`,
  )
  return url
}

const records = (engine: Engine, url: string) =>
  engine.query(url, 'SELECT name, sha256, ran_at FROM migrations ORDER BY name')

const lastOf = (folder: string) => readMigrations(folder).findLast(({ name }) => !isOwn(name))?.name as string

function anOwnOne(folder: string): string {
  const name = nextOwnName(folder)
  writeFileSync(join(folder, name), 'CREATE TABLE mine (id TEXT)')
  return name
}

// toThrow() doesn't take SQLite's own errors for errors: their class is of the first test file that a process ran.
const saying = (text: string) => expect.stringContaining(text)

/** The name of the shop's migration that would come next. */
function nextName(folder: string): string {
  const names = readMigrations(folder).map(({ name }) => name)
  return `${String(names.filter((name) => !isOwn(name)).length + 1).padStart(3, '0')}-next.sql`
}

/** The name of the merchant's migration that would come next, in a folder that may have some already. */
function nextOwnName(folder: string): string {
  const names = readMigrations(folder).map(({ name }) => name)
  return `${500 + names.filter(isOwn).length}-mine.sql`
}

onEveryEngine((engine) => {
  test('a new database records each migration with its hash and its time, once', async () => {
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url)
    await upgrade(engine, url, 'db/migrations', NOW + 1)
    expect(await records(engine, url)).toEqual(
      readMigrations().map(({ name, sha256 }) => ({ name, sha256, ran_at: NOW })),
    )
  })

  test.each([1, 2, 3, 4])(
    'a database that counts %i migrations records them by name, and keeps what is in it',
    async (version) => {
      const url = await aNumberedDatabase(engine, version)
      await (await anInstance(url)).ping(NOW)
      const found = await records(engine, url)
      expect(found.slice(0, version)).toEqual(
        ONE_TO_FOUR.slice(0, version).map(([name, sha256]) => ({ name, sha256, ran_at: null })),
      )
      expect(found.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name))
      expect(await engine.query(url, `SELECT value FROM meta WHERE key = 'schema_version'`)).toEqual([])
      expect(await engine.query(url, 'SELECT id FROM buyers')).toEqual([{ id: 'a' }])
    },
  )

  test('a database that counts migrations which nobody knows is left as it is', async () => {
    const url = await aNumberedDatabase(engine, 4)
    await engine.query(url, `UPDATE meta SET value = '999' WHERE key = 'schema_version'`)
    await expect(anInstance(url)).rejects.toThrow('The database has schema version 999')
    await expect(records(engine, url)).rejects.toMatchObject({ message: saying('migrations') }) // there is no such table
  })

  test('instances that start together record the migrations of an earlier database once', async () => {
    const url = await aNumberedDatabase(engine, 4)
    await Promise.all(Array.from({ length: 3 }, () => anInstance(url)))
    expect(await records(engine, url)).toHaveLength(readMigrations().length)
  })

  test('a new migration runs on a database that has the others', async () => {
    const folder = aMigrationsFolder()
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url, folder)
    const name = nextName(folder)
    writeFileSync(join(folder, name), 'CREATE TABLE of_a_test (name TEXT)')
    await upgrade(engine, url, folder, NOW + 1)
    expect(await engine.query(url, 'SELECT name FROM of_a_test')).toEqual([])
    expect(await records(engine, url)).toContainEqual(expect.objectContaining({ name, ran_at: NOW + 1 }))
  })

  test('a merchant’s own migrations and those of a newer shop run beside each other, whichever came first', async () => {
    const folder = aMigrationsFolder()
    const url = await engine.anEmptyDatabase()
    const added: string[] = []
    const add = async (name: string) => {
      writeFileSync(join(folder, name), `CREATE TABLE of_a_test_${added.push(name)} (name TEXT)`)
      await upgrade(engine, url, folder, NOW + added.length)
    }
    for (const nameIn of [nextOwnName, nextName, nextOwnName, nextName]) await add(nameIn(folder))
    const ran = new Map((await records(engine, url)).map(({ name, ran_at }) => [name, ran_at]))
    expect(added.map((name) => ran.get(name))).toEqual([NOW + 1, NOW + 2, NOW + 3, NOW + 4])
    const another = await engine.anEmptyDatabase()
    await upgrade(engine, another, folder)
    expect((await records(engine, another)).map(({ name }) => name)).toEqual([...ran.keys()])
  })

  test('a merchant’s own migration that ran under a number of the shop’s is the same under one of their own', async () => {
    const folder = aMigrationsFolder()
    const url = await engine.anEmptyDatabase()
    const [former, own] = [nextName(folder), nextOwnName(folder)]
    writeFileSync(join(folder, former), 'CREATE TABLE of_a_test (name TEXT)')
    await upgrade(engine, url, folder)
    renameSync(join(folder, former), join(folder, own))
    writeFileSync(join(folder, former), 'CREATE TABLE of_another_test (name TEXT)') // a newer shop's
    await expect(upgrade(engine, url, folder)).rejects.toThrow(`Migration ${former} has changed`)
    const next = former.replace('next', 'after-next')
    renameSync(join(folder, former), join(folder, next))
    await upgrade(engine, url, folder, NOW + 1)
    const ran = new Map((await records(engine, url)).map(({ name, ran_at }) => [name, ran_at]))
    expect([ran.get(former), ran.get(own), ran.get(next)]).toEqual([undefined, NOW, NOW + 1])
    await upgrade(engine, url, folder)
  })

  test('a merchant’s own migration that was left out while a later one of theirs ran stops the start', async () => {
    const folder = aMigrationsFolder()
    const url = await engine.anEmptyDatabase()
    const first = nextOwnName(folder)
    writeFileSync(join(folder, first), 'CREATE TABLE of_a_test (name TEXT)')
    const later = nextOwnName(folder)
    writeFileSync(join(folder, later), 'CREATE TABLE of_another_test (name TEXT)')
    await upgrade(engine, url, folder)
    await engine.query(url, `DELETE FROM migrations WHERE name = '${first}'`)
    await expect(upgrade(engine, url, folder)).rejects.toThrow(
      `Migration ${first} never ran on this database, but the later ${later} did`,
    )
  })

  test('a migration that fails changes nothing, and runs when it is corrected', async () => {
    const folder = aMigrationsFolder()
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url, folder)
    const before = await records(engine, url)
    const file = join(folder, nextName(folder))
    writeFileSync(file, 'CREATE TABLE of_a_test (name TEXT); INSERT INTO nowhere VALUES (1)')
    const [failed, why] = [`Migration ${basename(file)} failed: `, 'nowhere']
    await expect(upgrade(engine, url, folder)).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^${failed}.*${why}`)),
      stack: saying(failed),
    })
    expect(await records(engine, url)).toEqual(before)
    writeFileSync(file, 'CREATE TABLE of_a_test (name TEXT)')
    await upgrade(engine, url, folder)
    expect(await records(engine, url)).toHaveLength(before.length + 1)
  })

  test('a migration that has changed since it ran stops the start with what to do', async () => {
    const folder = aMigrationsFolder()
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url, folder)
    writeFileSync(join(folder, '002-leases.sql'), 'CREATE TABLE leases (name TEXT)')
    const refused = upgrade(engine, url, folder)
    await expect(refused).rejects.toThrow(DatabaseRefused)
    await expect(refused).rejects.toThrow(
      'Migration 002-leases.sql has changed since it ran on this database, so the tables may differ from what this shop expects. Restore the original db/migrations/002-leases.sql, and put further changes into a new migration.',
    )
  })

  test.each([
    [
      'of the shop',
      lastOf,
      'go back to a backup from before it with npm run restore, as docs/updating.md says',
    ],
    ['of its merchant', anOwnOne, 'put db/migrations/NAME back'],
  ])('a migration %s that isn’t there stops the start with what to do', async (_whose, choose, remedy) => {
    const folder = aMigrationsFolder()
    const name = choose(folder)
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url, folder)
    rmSync(join(folder, name))
    const refused = upgrade(engine, url, folder)
    await expect(refused).rejects.toThrow(DatabaseRefused)
    await expect(refused).rejects.toThrow(
      `Migration ${name} has run on this database, but this shop doesn’t have it: either a newer version of the shop ran it, or the file was removed. Start that version, ${remedy.replace('NAME', name)}, or set DATABASE_URL to another database.`,
    )
  })

  test('a migration that was left out while a later one ran stops the start with what to do', async () => {
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url)
    await engine.query(url, `DELETE FROM migrations WHERE name = '002-leases.sql'`)
    await expect(upgrade(engine, url)).rejects.toThrow(
      'Migration 002-leases.sql never ran on this database, but the later 003-open-orders-of-intent.sql did, and migrations run in order. Rename the one that is new so that it comes last.',
    )
  })

  test('a checkout with the line endings of Windows has the same migrations', async () => {
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url)
    const folder = aMigrationsFolder()
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8')
      writeFileSync(join(folder, name), text.replaceAll('\n', '\r\n'))
    }
    await upgrade(engine, url, folder)
    expect(readMigrations(folder)).toEqual(readMigrations())
  })

  test('what only one engine needs runs on that engine alone', async () => {
    const folder = aMigrationsFolder()
    writeFileSync(
      join(folder, nextName(folder)),
      `CREATE TABLE of_a_test (
         name TEXT /* postgres: COLLATE "C" */ NOT NULL PRIMARY KEY
       ) /* sqlite: WITHOUT ROWID */;
       /* postgres:
         INSERT INTO of_a_test VALUES ('Bread');
         INSERT INTO of_a_test VALUES ('apple pie');
       */`,
    )
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url, folder)
    const names = await engine.query(url, 'SELECT name FROM of_a_test ORDER BY name')
    const shape =
      engine.name === 'sqlite'
        ? await engine.query(url, `SELECT wr AS special FROM pragma_table_list WHERE name = 'of_a_test'`)
        : await engine.query(
            url,
            `SELECT CAST(collation_name AS TEXT) AS special FROM information_schema.columns WHERE table_name = 'of_a_test'`,
          )
    expect(shape).toEqual([{ special: engine.name === 'sqlite' ? 1 : 'C' }])
    expect(names).toEqual(engine.name === 'sqlite' ? [] : [{ name: 'Bread' }, { name: 'apple pie' }])
  })
})

/** A copy of the project with a migration of the merchant's own. */
function aProjectWith(migration: string): string {
  const project = aFolder()
  for (const folder of ['db', 'server', 'money', 'sandbox'])
    cpSync(folder, join(project, folder), { recursive: true })
  cpSync('package.json', join(project, 'package.json'))
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'))
  writeFileSync(join(project, 'db/migrations', nextOwnName('db/migrations')), migration)
  return project
}

onSqliteAndPostgres((engine) => {
  test('a restore names the migration that fails on a backup', async () => {
    const db = await aDatabase(engine)
    const { file } = await backUp(db)
    await db.close()
    const project = aProjectWith('INSERT INTO nowhere VALUES (1)')
    const env = { DATABASE_URL: db.url }
    const restored = run(join(project, 'server/commands/restore.ts'), project, env, [file])
    expect(await restored.ended).toBe(1)
    expect(restored.output()).toContain(`Migration ${nextOwnName('db/migrations')} failed: `)
  }, 60_000)

  test('a backup from before a file of the merchant’s own was renamed is restored, over a database from before that as well', async () => {
    const db = await aDatabase(engine)
    const text = 'CREATE TABLE of_a_test (name TEXT)'
    await engine.execute(db.url, text)
    await db.query(
      `INSERT INTO migrations (name, sha256) VALUES ('${nextName('db/migrations')}', '${hashOf(text)}')`,
    )
    const { file } = await backUp(db)
    const newer = await aPaidOrder(db)
    await db.close()
    const project = aProjectWith(text)
    const restored = run(join(project, 'server/commands/restore.ts'), project, { DATABASE_URL: db.url }, [
      file,
      '--replace-newer',
      '1',
    ])
    expect([await restored.ended, restored.output()]).toEqual([
      0,
      expect.stringContaining('were copied back'),
    ])
    expect(await engine.query(db.url, 'SELECT intent FROM payments')).toEqual([{ intent: newer.intent }])
    await upgrade(engine, db.url, join(project, 'db/migrations'))
    expect((await records(engine, db.url)).map(({ name }) => name)).toEqual(
      readMigrations(join(project, 'db/migrations')).map(({ name }) => name),
    )
  }, 60_000)
})

// Otherwise what begins alike isn't found by the index, and a comparison with a column of another order doesn't use it.
const FIND_TEXT_BY_LANGUAGE = `
  SELECT indexes.indrelid::regclass::text || '.' || attributes.attname AS column
  FROM pg_index AS indexes
  JOIN pg_class AS tables ON tables.oid = indexes.indrelid AND tables.relnamespace = current_schema()::regnamespace
  JOIN pg_attribute AS attributes ON attributes.attrelid = indexes.indrelid AND attributes.attnum = ANY (indexes.indkey)
  JOIN pg_collation AS collations ON collations.oid = attributes.attcollation
  WHERE collations.collname <> 'C'
  ORDER BY 1`

onPostgres((engine) => {
  test('all text in an index is compared by its bytes: TEXT /* postgres: COLLATE "C" */', async () => {
    const url = await engine.anEmptyDatabase()
    await upgrade(engine, url)
    expect(await engine.query(url, FIND_TEXT_BY_LANGUAGE)).toEqual([])
  })
}, localePostgres)

describe('an engine’s own part', () => {
  test('loses its marks for that engine, and is gone for the other', () => {
    const script =
      'id TEXT /* postgres: COLLATE "C" */ NOT NULL, /* any */ x TEXT /* sqlite: COLLATE BINARY */'
    expect(scriptFor(postgres.name, script)).toBe('id TEXT COLLATE "C" NOT NULL, /* any */ x TEXT')
    expect(scriptFor(sqlite.name, script)).toBe('id TEXT NOT NULL, /* any */ x TEXT COLLATE BINARY')
  })
})

describe('the folder of migrations', () => {
  const STRAYS = [
    '.DS_Store',
    '._001-first.sql',
    '.005-words.sql.swp',
    '005-words.sql~',
    '005-words.sql.orig',
    '005-words 2.sql',
    '#005-words.sql#',
    'Thumbs.db',
    'README.md',
  ]

  function addStrays(folder: string): void {
    for (const name of STRAYS) writeFileSync(join(folder, name), 'not SQL')
  }

  test('holds the first four with the bytes that they have always had', () => {
    const found = readMigrations().map(({ name, sha256 }) => [name, sha256])
    expect(found.slice(0, 4)).toEqual(ONE_TO_FOUR)
  })

  test('holds no SQL that doesn’t run because of its name', () => {
    expect(findMisnamed()).toEqual([])
  })

  test('names the SQL that doesn’t run because of its name, and nothing else that doesn’t run', () => {
    const folder = aMigrationsFolder()
    const nearlyRight = ['50-more.sql', '501-More.sql', '501-more.SQL', '501_more.sql']
    for (const name of [...nearlyRight, '.501-more.sql', '501-more.sql~', '501-more.sql.bak', '.DS_Store'])
      writeFileSync(join(folder, name), '')
    expect(findMisnamed(folder)).toEqual(nearlyRight)
  })

  test('may hold what systems and editors leave behind: none of it runs', async () => {
    const folder = aMigrationsFolder()
    addStrays(folder)
    expect(readMigrations(folder)).toEqual(readMigrations())
    await upgrade(sqlite, await sqlite.anEmptyDatabase(), folder)
  })

  test('may hold the same in the build, which leaves most of it out', async () => {
    const [project, built] = [aFolder(), aFolder()]
    cpSync('db', join(project, 'db'), { recursive: true })
    addStrays(join(project, 'db/migrations'))
    await copyAssets(project, built, ['db'])
    const folder = join(built, 'db/migrations')
    expect(readdirSync(folder)).not.toContain('.DS_Store')
    expect(readdirSync(folder)).not.toContain('005-words.sql~')
    addStrays(folder)
    expect(readMigrations(folder)).toEqual(readMigrations())
  })

  test('is refused when a number is missing', () => {
    const folder = aMigrationsFolder()
    rmSync(join(folder, '002-leases.sql'))
    expect(() => readMigrations(folder)).toThrow(
      'Migrations must be numbered without gaps or duplicates, but in db/migrations, 003-open-orders-of-intent.sql stands where number 002 should be. Restore the missing file, or renumber the new one.',
    )
  })

  test('is refused when a number occurs twice', () => {
    const folder = aMigrationsFolder()
    writeFileSync(join(folder, '002-more.sql'), '')
    expect(() => readMigrations(folder)).toThrow('002-more.sql stands where number 003 should be')
  })

  test('is refused when a number of the merchant’s own is missing, or occurs twice', () => {
    const folder = aMigrationsFolder()
    const name = nextOwnName(folder)
    const number = Number(name.slice(0, 3))
    writeFileSync(join(folder, `${number + 1}-mine.sql`), '')
    expect(() => readMigrations(folder)).toThrow(
      `${number + 1}-mine.sql stands where number ${number} should be`,
    )
    for (const words of ['mine', 'more']) writeFileSync(join(folder, `${number}-${words}.sql`), '')
    expect(() => readMigrations(folder)).toThrow(
      `${number}-more.sql stands where number ${number + 1} should be. Restore the missing file, or renumber the new one. Migrations of your own begin with number 500.`,
    )
  })
})
