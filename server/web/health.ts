import type { Response } from 'express'
import { type Database, ping } from '../../db/index.ts'
import { type Clock, SECOND_MS } from '../time.ts'
import { nameReasons } from './answer-problem.ts'

const PROBE_LIFE_MS = SECOND_MS // a probe is a write, and strangers must not decide how often the disk is waited for

export interface HealthDeps {
  db: Database
  clock: Clock
}

/** The last check of the database. */
export interface Probe {
  outcome: Promise<void>
  at: number
}

export function noProbe(): Probe {
  return { outcome: Promise.resolve(), at: Number.NEGATIVE_INFINITY }
}

/** The process is alive, whatever its database is doing. */
export function answerHealth(res: Response): void {
  sendFresh(res, 'ok')
}

/** The shop can serve: its database accepts writes. Throws DatabaseUnavailable. */
export async function answerReadiness(deps: HealthDeps, probe: Probe, res: Response): Promise<void> {
  nameReasons(res)
  await probeStorage(deps, probe)
  sendFresh(res, 'ready')
}

/** Keeps caches from repeating this answer once it is outdated. */
function sendFresh(res: Response, text: string): void {
  res.set('Cache-Control', 'no-store').type('text').send(`${text}\n`)
}

function probeStorage({ db, clock }: HealthDeps, probe: Probe): Promise<void> {
  const now = performance.now() // unlike a clock, it is never set back
  if (now - probe.at < PROBE_LIFE_MS) return probe.outcome
  probe.at = now
  probe.outcome = ping(db, clock.now())
  return probe.outcome
}
