import type { Finding, Report } from '../finding.ts'
import type { Shop } from '../shop.ts'
import type { Network } from './network.ts'

/** What needs neither a tunnel that is up already nor a reader. The rest is the doctor's. */
const SHORT_FORM = ['files', 'clock', 'Code', 'public address']

/** An examination of a shop that has just been started. */
export interface RunningExamination {
  /** Resolves once the result is on the desk */
  done: Promise<void>
  stop(): void
}

/** Examines a live shop beside its first requests, for the desk and the log. Whatever is found, the shop sells on. */
export function startExamination(shop: Shop, network?: Network): RunningExamination | undefined {
  if (shop.config.mode !== 'live') return undefined
  const stopping = new AbortController()
  return { done: examine(shop, stopping.signal, network), stop: () => stopping.abort() }
}

async function examine(shop: Shop, signal: AbortSignal, network: Network | undefined): Promise<void> {
  const { config, clock, log } = shop
  try {
    const { runChecks } = await import('./run.ts')
    const report = await runChecks({ config, clock, signal, only: SHORT_FORM, ...(network && { network }) })
    if (signal.aborted) return
    shop.examination.report = report
    logReport(log, report)
  } catch (err) {
    log.warn({ err }, 'the checks after the start failed; npm run doctor makes all of them')
  }
}

function logReport(log: Shop['log'], { findings }: Report): void {
  const broken = findings.filter(({ verdict }) => verdict === 'broken')
  for (const finding of broken) log.warn(factsOf(finding), `${finding.lookedAt}: ${finding.meaning}`)
  if (broken.length === 0)
    log.info({ checks: findings.length }, 'the checks after the start found nothing broken')
}

function factsOf({ check, todo }: Finding) {
  return { check, todo }
}
