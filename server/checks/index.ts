import type { Report } from '../finding.ts'
import type { CheckOptions } from './run.ts'

export { CHECK_VERDICTS, type Finding, type Report } from '../finding.ts'
export { startExamination } from './examine-shop.ts'
export type { Network } from './network.ts'
export { warningsAbout } from './settings.ts'

// Loaded on demand: a shop that isn't examined needs no memory for them.

/** See run.ts. */
export async function runChecks(options: CheckOptions = {}): Promise<Report> {
  return (await import('./run.ts')).runChecks(options)
}

/** See show-report.ts. */
export async function showReport(options: CheckOptions = {}): Promise<Report> {
  return (await import('./show-report.ts')).showReport(options)
}
