import type { CheckOptions, Report } from './run.ts'

export { CHECK_VERDICTS, type CheckVerdict, type Finding } from './finding.ts'
export type { Network } from './network.ts'
export type { CheckOptions, Report } from './run.ts'
export { warningsAbout } from './settings.ts'

/** See run.ts. Loaded on demand: a shop that isn't examined needs no memory for it. */
export async function runChecks(options: CheckOptions = {}): Promise<Report> {
  return (await import('./run.ts')).runChecks(options)
}
