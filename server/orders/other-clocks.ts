import { bringMisdatedForward, findNewestTime, type PollStage } from '../../db/index.ts'
import type { Shop } from '../shop.ts'
import { MINUTE_MS, SECOND_MS } from '../time.ts'

const EXAMINED_EVERY_MS = MINUTE_MS
const NOTICED_MS = 30 * SECOND_MS
const TOLERATED_MS = MINUTE_MS // between the clocks of instances that poll in turns; otherwise polls would be repeated for nothing

/** Which scheduled polls are examined together, and the first of them */
interface Examined {
  after: number
  limit: number
  stages: readonly PollStage[]
}

/** Once a minute, looks for what another instance has done whose clock is ahead, or has been: it says so, and corrects the schedule. */
export async function examineOtherClocks(shop: Shop, now: number, first: Examined): Promise<void> {
  const { db, polling } = shop
  const { examinedAt, after = first.after } = polling.otherClocks
  if (Math.abs(now - examinedAt) < EXAMINED_EVERY_MS) return
  polling.otherClocks.examinedAt = now
  reportAhead(shop, (await findNewestTime(db)) - now)
  polling.otherClocks.after = await bringMisdatedForward(db, { ...first, after, now: now + TOLERATED_MS })
}

function reportAhead({ polling, log }: Shop, byMs: number): void {
  const isAhead = byMs > NOTICED_MS
  if (isAhead && !polling.otherClocks.isAhead)
    log.error(
      { alert: true, byMs },
      'the newest order, payment or refund is of a time that is still to come: another clock is ahead, or was, or this one is behind. Set the clocks of all instances (NTP); what was stored keeps its time',
    )
  polling.otherClocks.isAhead = isAhead
}
