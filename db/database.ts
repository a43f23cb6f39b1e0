import type { Driver } from './engines/driver.ts'

/** An open database: what queries run on. */
export interface Database extends Driver {
  /** This process among those that share the database: whose a lease is */
  readonly instance: string
  /** Where intents asked to be paid, as far as this process has recorded it */
  readonly destinations: Set<string>
}
