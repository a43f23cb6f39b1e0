import type { Database, Outcome } from '../../db/index.ts'
import type { Clock } from '../time.ts'
import type { Logger } from '../web/index.ts'
import type { VerifiedEvent } from './verify-event.ts'

/** A verified webhook carries every claim. A status, asked of the sequencer by us, says only that something was submitted. */
export type Proof = { kind: 'webhook'; event: VerifiedEvent } | { kind: 'status'; intent: string }

export type Settle = ReturnType<typeof createSettle>

interface Deps {
  db: Pick<Database, 'settleByEvent' | 'settleByStatus' | 'isPaid'>
  clock: Clock
  log: Logger
}

/**
 * Makes `settle`, the only place where an order becomes paid: webhook, success page and reconciler all end here.
 * It is idempotent, and durable when it resolves. Throws DatabaseUnavailable.
 */
export function createSettle({ db, clock, log }: Deps) {
  async function settle(proof: Proof): Promise<Outcome> {
    return proof.kind === 'webhook' ? settleByEvent(proof.event) : settleByStatus(proof.intent)
  }

  async function settleByEvent({ payment, isTest }: VerifiedEvent): Promise<Outcome> {
    const outcome = await db.settleByEvent(payment, isTest, clock.now())
    const facts = { intent: payment.intent, outcome, proof: 'webhook' }
    if (outcome === 'mismatched')
      log.error(
        { ...facts, alert: true },
        'a signed event claims something else than our order: it pays nothing',
      )
    else log.info(facts, outcome === 'applied' ? 'order paid' : 'event kept')
    return outcome
  }

  async function settleByStatus(intent: string): Promise<Outcome> {
    const paidNow = await db.settleByStatus(intent, clock.now())
    if (!paidNow && !(await db.isPaid(intent))) {
      log.error(
        { intent, alert: true },
        'the sequencer calls this intent submitted, but never confirmed our request: only a webhook can pay it',
      )
      return 'unmatched'
    }
    if (paidNow) log.info({ intent, outcome: 'applied', proof: 'status' }, 'order paid')
    return paidNow ? 'applied' : 'duplicate'
  }

  return settle
}
