import type { Clock, Report } from '../events.ts'
import type { Requests } from '../state/index.ts'

/** What the calls of the sequencer work with. */
export interface SequencerDeps {
  requests: Requests
  clock: Clock
  report: Report
  allowsWebhookTo(url: URL): boolean
}
