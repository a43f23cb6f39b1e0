/** What only the worker that sends alerts asks for. */
export { type AlertFacts, findAlertFacts } from './alert-facts.ts'
export { reportSequencerDown, reportSequencerUp } from './outages.ts'
export {
  claimDueAlerts,
  type DueAlert,
  hasDueAlerts,
  recordDelivery,
  recordFailedAttempt,
  releaseAlerts,
} from './outbox.ts'
