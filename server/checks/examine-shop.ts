import { setTimeout as delay } from 'node:timers/promises'
import type { Finding, Report } from '../finding.ts'
import type { Shop } from '../shop.ts'
import { HOUR_MS, SECOND_MS } from '../time.ts'
import type { Network } from './network.ts'

/** What needs neither a tunnel that is up already nor a reader. The rest is the doctor's. */
const SHORT_FORM = ['files', 'clock', 'Code', 'public address']

// A proxy may come up after the shop, and a new name takes a while until it is known everywhere. So a broken shop is examined again after
// half a minute, then after twice as long each time, up to an hour, for a day in all.
const PAUSES_MS = Array.from({ length: 30 }, (_, at) => Math.min(30 * SECOND_MS * 2 ** at, HOUR_MS))

/** An examination of a shop that has just been started. */
export interface RunningExamination {
  /** Resolves once nothing broken is left, or there are no more tries */
  done: Promise<void>
  stop(): void
}

/**
 * Examines a live shop beside its first requests, for the desk and the log, and again while something is broken. Whatever is found, the
 * shop sells on. `pausesMs`: before each further examination.
 */
export function startExamination(
  shop: Shop,
  network?: Network,
  pausesMs: readonly number[] = PAUSES_MS,
): RunningExamination | undefined {
  if (shop.config.mode !== 'live') return undefined
  const stopping = new AbortController()
  return { done: examine(shop, stopping.signal, pausesMs, network), stop: () => stopping.abort() }
}

async function examine(
  shop: Shop,
  signal: AbortSignal,
  pausesMs: readonly number[],
  network: Network | undefined,
): Promise<void> {
  const { config, clock, log, examination } = shop
  const logged = new Set<string>()
  try {
    const { runChecks } = await import('./run.ts')
    for (const pauseMs of [0, ...pausesMs]) {
      await delay(pauseMs, undefined, { signal })
      const report = await runChecks({ config, clock, signal, only: SHORT_FORM, ...(network && { network }) })
      if (signal.aborted) return
      const isFirst = examination.report === undefined
      examination.report = report
      if (report.verdict !== 'broken')
        return log.info({ checks: report.findings.length }, 'the checks after the start found nothing broken')
      if (!isFirst) logBroken(log, report, logged)
    }
  } catch (err) {
    if (!signal.aborted)
      log.warn({ err }, 'the checks after the start failed; npm run doctor makes all of them')
  }
}

/** Warns of what is still broken, once for each. */
function logBroken(log: Shop['log'], { findings }: Report, logged: Set<string>): void {
  for (const finding of findings.filter(({ verdict }) => verdict === 'broken')) {
    const text = `${finding.lookedAt}: ${finding.meaning}`
    if (!logged.has(text)) log.warn(factsOf(finding), text)
    logged.add(text)
  }
}

function factsOf({ check, todo }: Finding) {
  return { check, todo }
}
