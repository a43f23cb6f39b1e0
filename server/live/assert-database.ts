import { DatabaseRefused, DatabaseUnavailable, locateDatabase, lookAtDatabase } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { LiveError } from './live-error.ts'

/**
 * Throws a LiveError if the database can be seen not to be one for this live shop, such as that of the sandbox. It is only read. One
 * that can't be reached is left to the shop, which may run as another user, or on another network.
 */
export async function assertDatabaseFits({ databaseUrl, mode }: Config): Promise<void> {
  const look = await lookAtDatabase(databaseUrl, mode).catch(ifNotReached)
  if (look?.refusal === undefined) return
  throw new LiveError(
    `The live shop could not use the database ${locateDatabase(databaseUrl)}. ${look.refusal} Nothing was changed.`,
  )
}

function ifNotReached(error: unknown): undefined {
  if (!(error instanceof DatabaseRefused || error instanceof DatabaseUnavailable)) throw error
}
