import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type DatabaseLook, lookAtDatabase } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import { once } from '../once.ts'
import { type Clock, SECOND_MS } from '../time.ts'
import { type ClockLook, lookAtClock } from './clock-look.ts'
import { asNoAnswer, type Network, NoAnswer } from './network.ts'

const LOOKUP_WITHIN_MS = 5 * SECOND_MS // the system's own deadline may be longer than the whole examination
const SILENT = new NoAnswer(`no name server answered within ${LOOKUP_WITHIN_MS / SECOND_MS} s`)
const UNKNOWN = /^(?:ENOTFOUND|ENODATA)$/

/** What the checks look at. */
export interface Subject {
  config: Config
  network: Network
  clock: Clock
  /** Ends when no check may go on */
  signal: AbortSignal
  /** Looks at the database, once for all checks. See lookAtDatabase */
  database(): Promise<DatabaseLook | undefined>
  /** Looks at the clock, once for all checks. See lookAtClock */
  clockLook(): Promise<ClockLook>
}

export function newSubject(given: Omit<Subject, 'database' | 'clockLook'>): Subject {
  const { databaseUrl, mode } = given.config
  return {
    ...given,
    database: once(() => lookAtDatabase(databaseUrl, mode)),
    clockLook: once(() => lookAtClock(given)),
  }
}

/** Returns the IP addresses of a URL's host; none if its name isn't known, NoAnswer if that can't be found out. */
export function findAddresses({ network }: Subject, url: string): Promise<string[] | NoAnswer> {
  return findBy((host) => network.resolve(host), url)
}

/** Returns those that others get from name servers; none if that isn't known. */
export async function findAddressesByDns({ network }: Subject, url: string): Promise<string[]> {
  const found = await findBy(async (host) => network.resolveByDns?.(host) ?? [], url)
  return found instanceof NoAnswer ? [] : found
}

async function findBy(
  resolve: (host: string) => Promise<string[]>,
  url: string,
): Promise<string[] | NoAnswer> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) > 0) return [host]
  const deadline = new AbortController()
  const silence = delay(LOOKUP_WITHIN_MS, SILENT, { signal: deadline.signal }).catch(() => SILENT)
  try {
    return await Promise.race([resolve(host), silence])
  } catch (error) {
    return UNKNOWN.test((error as NodeJS.ErrnoException).code ?? '') ? [] : asNoAnswer(error as Error)
  } finally {
    deadline.abort()
  }
}
