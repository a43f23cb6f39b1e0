import { isIP } from 'node:net'
import { type DatabaseLook, lookAtDatabase } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { once } from '../once.ts'
import type { Clock } from '../time.ts'
import type { Network } from './network.ts'

/** What the checks look at. */
export interface Subject {
  config: Config
  network: Network
  clock: Clock
  /** Ends when no check may go on */
  signal: AbortSignal
  /** Looks at the database, once for all checks. See lookAtDatabase */
  database(): Promise<DatabaseLook | undefined>
}

export function newSubject(given: Omit<Subject, 'database'>): Subject {
  const { databaseUrl, mode } = given.config
  return { ...given, database: once(() => lookAtDatabase(databaseUrl, mode)) }
}

/** Returns the IP addresses of a URL's host; none if its name isn't known. */
export function findAddresses({ network }: Subject, url: string): Promise<string[]> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return isIP(host) > 0 ? Promise.resolve([host]) : network.resolve(host).catch(() => [])
}
