import type { Driver } from './engines/driver.ts'
import type { DatabaseUnavailable } from './engines/errors.ts'

/** An open database: what queries run on. */
export interface Database extends Driver {
  /** This process among those that share the database: whose a lease is */
  readonly instance: string
  /** Whether units of work announce their facts to the merchant, in the outbox */
  readonly alerts: boolean
  /** The destinations of intents that this process has recorded, in the file that is open now */
  readonly destinations: Set<string>
  /** The SHA-256 of each migration that this version of the shop has; by name, those that the merchant has renamed would be missing */
  readonly migrations: ReadonlySet<string>
  /** How many reads and units of work of this process have failed */
  readonly errors: Record<'read' | 'write', number>
  /** The unit of work that failed last with an error that lasts, by `performance.now()` */
  lastingFailure: { error: DatabaseUnavailable; at: number } | undefined
}
