export { CHECK_VERDICTS, type CheckVerdict, type Finding } from './finding.ts'
export type { Network } from './network.ts'
export { type CheckOptions, type Report, runChecks } from './run.ts'
export { warningsAbout } from './settings.ts'
