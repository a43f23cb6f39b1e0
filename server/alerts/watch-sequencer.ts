import { reportSequencerDown, reportSequencerUp } from '../../db/index.ts'
import { isDown } from '../code/index.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS, SECOND_MS } from '../time.ts'

const DOWN_AFTER_MS = MINUTE_MS
const QUIET_MS = 30 * SECOND_MS // while one instance gets answers and another doesn't, nothing is announced

/**
 * Reports whether Code answers this instance. The database announces it once for all: down, when calls of an instance
 * have failed for a minute; up, when one gets answers and none has failed any more.
 */
export async function watchSequencer({ db, code, clock }: Shop): Promise<void> {
  const { beganAt, failedAt, answeredAt, failures } = code.circuit.outage
  const now = clock.now()
  const toInstant = (at: number) => Math.round(now - (performance.now() - at))
  if (isDown(code) && failedAt - beganAt >= DOWN_AFTER_MS)
    await reportSequencerDown(db, { beganAt: toInstant(beganAt), failedAt: toInstant(failedAt) }, now)
  else if (failures === 0 && answeredAt !== undefined)
    await reportSequencerUp(db, { answeredAt: toInstant(answeredAt), quietMs: QUIET_MS }, now)
}
