import { pipeline } from 'node:stream/promises'
import { DatabaseRefused } from '../errors.ts'
import { runClientProgram } from './client-programs.ts'
import { ask, type Psql } from './psql.ts'

/** Loads the dump of a schema into psql's transaction. Throws DatabaseRefused, DatabaseUnavailable. */
export async function loadDump(session: Psql, dump: string, schema: string): Promise<void> {
  const known = new Set(await ask(session, 'SELECT name FROM pg_settings;'))
  const args = ['--no-owner', '--no-privileges', `--schema=${schema}`, '--file=-', dump]
  const { child, ended } = runClientProgram('pg_restore', args)
  const psql = session.program
  const copied = pipeline(
    child.stdout,
    (script: AsyncIterable<Buffer>) => leaveOutUnknown(script, known),
    psql.child.stdin,
    { end: false },
  ).catch(() => psql.ended) // it has ended, and says why
  try {
    await Promise.race([Promise.all([ended, copied]), psql.ended])
  } finally {
    child.kill() // if psql ended first, nobody reads what it writes
  }
  const printed = await ask(session, `SELECT to_regclass('"${schema}".meta') IS NOT NULL;`)
  if (printed.at(-1) !== 't')
    // before that, the script has printed the values of sequences
    throw new DatabaseRefused(
      `The backup has no tables in the schema ${schema}, which is where DATABASE_URL leads to.`,
    )
}

const SETTING = /^SET (\w+) = .*;\r?\n/gm
/** The first line that is no setting, comment or mark of the reader's. The tables and their rows are behind it. */
const AFTER_SETTINGS = /^(?!SET \w+ = |--|\\restrict |\r?\n).*\r?\n/m

/**
 * Leaves out the settings at the script's beginning that the server doesn't know: a pg_restore that is newer than the server lifts
 * deadlines which that doesn't have, and psql ends at the first error: findings/postgres-dump-newer-than-server.sh.
 */
async function* leaveOutUnknown(
  script: AsyncIterable<Buffer>,
  known: ReadonlySet<string>,
): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of script) {
    if (!start) {
      yield chunk
      continue
    }
    start = Buffer.concat([start, chunk])
    const text = start.toString('latin1') // byte by byte
    const end = text.search(AFTER_SETTINGS)
    if (end === -1) continue
    const settings = text.slice(0, end).replace(SETTING, (line, name) => (known.has(name) ? line : ''))
    yield Buffer.concat([Buffer.from(settings, 'latin1'), start.subarray(end)])
    start = undefined
  }
  if (start) yield start // no more than settings
}
