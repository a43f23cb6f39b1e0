import type { Database } from '../database.ts'
import { SUMMARY_SOURCES } from './summary-sources.ts'

// A lease further in the future than it may be was written by a clock that jumped.
const TAKE_LEASE = `
  INSERT INTO leases (name, holder, expires_at)
  VALUES ('summaries', @instance, CAST(@now AS BIGINT) + @leaseMs)
  ON CONFLICT (name) DO UPDATE
  SET holder = excluded.holder, expires_at = excluded.expires_at
  WHERE leases.holder = excluded.holder OR leases.expires_at <= @now OR leases.expires_at > CAST(@now AS BIGINT) + @leaseMs
  RETURNING holder`

// First in every unit: whoever has lost the lease changes nothing, and nobody takes it over before the unit has ended. So
// what keeps two instances from folding the same is the database's lock, not their clocks.
export const RENEW_LEASE = `
  UPDATE leases
  SET expires_at = CAST(@now AS BIGINT) + @leaseMs
  WHERE name = 'summaries' AND holder = @instance`

export const HOLDS_LEASE = `EXISTS (SELECT 1 FROM leases WHERE name = 'summaries' AND holder = @instance)`

const RAISE_BOUND = `
  UPDATE summary_bounds
  SET before = @before
  WHERE name = 'late' AND before < @before AND ${HOLDS_LEASE}`

/** When a lease is taken or renewed, and for how long. */
export interface LeaseTerms {
  now: number
  leaseMs: number
}

/**
 * Takes the lease of folding, and from now on makes rows of an instant before `before` mark their quarter hour. False if
 * another instance has the lease.
 */
export async function beginFolding(
  db: Database,
  { before, ...terms }: LeaseTerms & { before: number },
): Promise<boolean> {
  const parameters = { ...terms, before, instance: db.instance }
  const [taken] = await db.write([TAKE_LEASE, RAISE_BOUND], parameters)
  return taken?.length === 1
}

// An INSERT or UPDATE has this lock from before its triggers run until its transaction ends.
const FIND_WRITERS = `
  SELECT DISTINCT virtualtransaction AS writer
  FROM pg_locks
  WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation IN (${SUMMARY_SOURCES.map((table) => `'${table}'::regclass`).join(', ')})`

/** Finds the transactions that are writing rows to be summed up. SQLite has one writer, so there are no others. */
export async function findWriters(db: Database): Promise<string[]> {
  if (!db.unitsOverlap) return []
  return (await db.read(FIND_WRITERS, {})).map(({ writer }) => String(writer))
}
