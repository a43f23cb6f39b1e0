import { dirname } from 'node:path'
import { LAST_BACKUP } from '../copied.ts'
import { DatabaseRefused } from '../errors.ts'
import { CHANGING_TRIGGERS, KEPT_TABLES } from '../kept-tables.ts'
import { countStatements, mergeStatements, readyStatements, type Sides } from '../merge.ts'
import { findPending, naming } from '../migrate.ts'
import { type Migration, type MigrationRun, scriptFor } from '../migrations.ts'
import { findNewer, type Replaced, type Restored, type RestoreTerms } from '../restored.ts'
import { connectionEnvironment } from './connection-environment.ts'
import { withClient } from './dump.ts'
import { loadDump } from './load-dump.ts'
import { ask, end, openPsql, type Psql } from './psql.ts'
import { assertAlone, findHere, type Here } from './replaced.ts'
import { assertMovable, setAside } from './set-aside.ts'
import { liftDeadlines } from './settings.ts'

const ASIDE = 'before_restore_'

/**
 * Puts a backup's tables in the place of the shop's, with what only those have. All of it is one transaction of psql's, so that whatever
 * happens, the former tables are in place or the new ones. Throws DatabaseRefused, DatabaseUnavailable.
 */
export function restorePostgres(url: string, terms: RestoreTerms): Promise<Restored> {
  assertRecorded(terms.migrations)
  return withClient(url, async (client) => {
    await client.query(liftDeadlines('session')) // it holds a lock while psql works
    await assertAlone(client, terms.now)
    const here = await findHere(client, terms.mode)
    if (here.tables.length > 0) await assertMovable(client, here.schema)
    const session = openPsql(connectionEnvironment(url, dirname(terms.copy)))
    try {
      return await restoreIn(session, terms, here)
    } catch (error) {
      session.program.child.kill()
      await session.program.ended.catch(() => undefined) // until then, it may have locks
      throw error
    }
  })
}

function assertRecorded(migrations: readonly string[]): void {
  if (migrations.length === 0)
    throw new DatabaseRefused(
      'The backup is of a version of the shop that only counted its migrations. Restore it with that version.',
    )
}

async function restoreIn(
  session: Psql,
  terms: RestoreTerms,
  { schema, tables, obstacle }: Here,
): Promise<Restored> {
  const aside = `${ASIDE}${new Date(terms.now)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .toLowerCase()}`
  const sides = { ours: `"${schema}"`, theirs: aside }
  await ask(session, `BEGIN;\n${tables.length > 0 ? setAside(schema, aside) : ''}`)
  await loadDump(session, terms.copy, schema)
  await ask(session, `SET search_path TO "${schema}";`)
  for (const migration of findMissing(await readRuns(session)))
    await naming(migration.name, () => ask(session, scriptOf(migration)))
  const replaced = tables.length > 0 ? await compare(session, sides, obstacle) : undefined
  if (!terms.decide(replaced)) {
    await end(session, 'ROLLBACK;')
    return undefined
  }
  const merge = replaced && obstacle === undefined ? await findMerge(session, sides) : []
  const copied = sum(await ask(session, `\\set QUIET off\n${merge.join(';\n')};`))
  const [, polled = 0] = (await ask(session, `${readyStatements().join(';\n')};`)).map(rowsOf)
  await ask(session, noteBackup(terms.lastBackup))
  await terms.beforeSwap()
  await end(session, 'COMMIT;')
  const place = `the schema ${aside} of the same database (in psql, DROP SCHEMA ${aside} CASCADE; deletes it)`
  return { aside: replaced && place, copied, polled }
}

/** The records of the backup's own tables; one of its migrations may have another name by now, so its text counts. */
async function readRuns(session: Psql): Promise<MigrationRun[]> {
  const lines = await ask(session, `SELECT name || ' ' || sha256 FROM migrations;`)
  return lines.map((line) => line.split(' ')).map(([name = '', sha256 = '']) => ({ name, sha256 }))
}

/** Returns the migrations that have not run on the backup yet. Throws DatabaseRefused if a newer shop's have. */
function findMissing(records: readonly MigrationRun[]): Migration[] {
  const newer = findNewer(records)
  if (newer !== undefined)
    throw new DatabaseRefused(
      `The backup cannot be restored by this shop: ${newer}. Install that version first.`,
    )
  return findPending(records)
}

function scriptOf({ name, sha256, text }: Migration): string {
  return `${scriptFor('postgres', text)}\nINSERT INTO migrations (name, sha256, ran_at) VALUES ('${name}', '${sha256}', extract(epoch FROM now())::bigint * 1000);`
}

async function compare(session: Psql, sides: Sides, obstacle: string | undefined): Promise<Replaced> {
  const { orders, payments } = countStatements(sides)
  const [foundOrders, foundPayments] = await ask(session, `${orders};\n${payments};`)
  return { orders: Number(foundOrders), payments: Number(foundPayments), obstacle }
}

async function findMerge(session: Psql, sides: Sides): Promise<string[]> {
  const columns = new Map<string, string[]>()
  for (const { table } of KEPT_TABLES) {
    const query = `SELECT attname FROM pg_attribute WHERE attrelid = '${sides.ours}.${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum;`
    columns.set(table, await ask(session, query))
  }
  const triggers = (what: string) =>
    Object.entries(CHANGING_TRIGGERS).map(
      ([table, trigger]) => `ALTER TABLE ${sides.ours}.${table} ${what} TRIGGER ${trigger}`,
    )
  const merge = mergeStatements(sides, (table) => columns.get(table) ?? [])
  return [...triggers('DISABLE'), ...merge, ...triggers('ENABLE')]
}

/** How many rows a statement has changed, by what psql prints of it: "INSERT 0 3", "UPDATE 3". */
function rowsOf(tag: string): number {
  return Number(/^(?:INSERT 0|UPDATE|DELETE) (\d+)$/.exec(tag)?.[1] ?? 0)
}

function sum(tags: readonly string[]): number {
  return tags.reduce((total, tag) => total + rowsOf(tag), 0)
}

function noteBackup(value: string): string {
  const text = value.replaceAll("'", "''")
  return `INSERT INTO meta (key, value) VALUES ('${LAST_BACKUP}', '${text}') ON CONFLICT (key) DO UPDATE SET value = excluded.value;`
}
