import type { Clock, Remedies, Report } from '../events.ts'
import type { Requests } from '../state/index.ts'

/** What the sequencer's calls depend on. */
export interface SequencerDeps {
  requests: Requests
  clock: Clock
  report: Report
  allowsWebhookTo(url: URL): boolean
  remedies: Remedies
}
