import type { IncomingMessage } from 'node:http'
import { addRejections, type RejectionCount } from '../../db/index.ts'
import { type ErrorCode, ShopError } from '../errors.ts'
import { countSeldom } from '../seldom.ts'
import type { Shop } from '../shop.ts'
import { add } from '../tally.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../time.ts'
import { excerpt } from '../web/index.ts'
import { rememberNewest } from './remember-newest.ts'

/** For how long the counts of rejected deliveries are kept */
export const REJECTIONS_KEPT_MS = 30 * DAY_MS
const WRITTEN_EVERY_MS = 5 * SECOND_MS // however many are rejected, they cost the database one unit of work then
const MOST_UNWRITTEN = 200 // hours and reasons that wait for a database that is unavailable
const REJECTED = 'webhooks are rejected, so payments are found by polling, up to 30 s late'
const REDIRECTED =
  '/webhook was requested with a method other than POST. If these are webhooks, a redirect in front of the shop makes a GET of them, and payments are found by polling, up to 30 s late'
const MANY_UNTRUSTED = 20
const NONE_TRUSTED =
  'this instance has rejected 20 webhooks since its start, because it could not verify their signatures, and has accepted none. If they are Code’s, its CODE_PUBLIC_KEY is wrong: npm run doctor checks it. If somebody forges them, they do no harm'

type Counted = Pick<Shop, 'db' | 'clock' | 'log' | 'unwrittenRejections'>

/** A rejected delivery, and the part of its body that has arrived. */
interface Rejection {
  headers: IncomingMessage['headers']
  error: unknown
  received: Buffer | null
}

/** Counts a rejected delivery, for the desk and for metrics, and warns that there are any. */
export function noteRejection(
  shop: Counted & Pick<Shop, 'rejectionWarnings' | 'tally'>,
  { headers, error, received }: Rejection,
  now = performance.now(),
): void {
  if (!(error instanceof ShopError)) return // a failure of the shop itself, which is logged where it is answered
  add(shop.tally.rejections, error.code)
  countUnwritten(shop, error.code)
  alertIfNoneIsTrusted(shop, error.code)
  const repeated = countSeldom(shop.rejectionWarnings, error.code, now) // otherwise the only sign is that sales arrive late
  if (!repeated) return
  const facts = {
    code: error.code,
    reason: error.message,
    ...repeated,
    contentType: excerpt(headers['content-type'] ?? ''),
    received: excerpt(received?.toString('latin1') ?? ''),
  }
  shop.log.warn(facts, error.code === 'method-not-allowed' ? REDIRECTED : REJECTED)
}

/** Counts it in memory. The database gets the counts a few seconds later, so that no delivery waits for it. */
function countUnwritten(shop: Counted, reason: ErrorCode): void {
  const now = shop.clock.now()
  keep(shop, { hour: now - (now % HOUR_MS), reason, count: 1 })
  shop.unwrittenRejections.timer ??= setTimeout(() => writeRejections(shop), WRITTEN_EVERY_MS).unref()
}

/** Behind a load balancer, late sales may be no sign, since Code's next attempt may reach an instance with the right key. */
function alertIfNoneIsTrusted({ tally, log }: Pick<Shop, 'tally' | 'log'>, code: ErrorCode): void {
  if (code !== 'event-not-trusted' || tally.deliveries.size > 0) return
  if (tally.rejections.get(code) === MANY_UNTRUSTED) log.error({ alert: true }, NONE_TRUSTED)
}

/** Writes what was counted since the last time. If that fails, it is logged, and the counts wait for the next time. */
export async function writeRejections(shop: Counted): Promise<void> {
  const { db, clock, log, unwrittenRejections } = shop
  clearTimeout(unwrittenRejections.timer)
  unwrittenRejections.timer = undefined
  const counts = [...unwrittenRejections.counts.values()]
  if (counts.length === 0) return
  unwrittenRejections.counts.clear()
  try {
    await addRejections(db, counts, clock.now() - REJECTIONS_KEPT_MS)
  } catch (err) {
    for (const unwritten of counts) keep(shop, unwritten)
    log.warn(
      { err },
      'could not store how many webhooks were rejected; the counts are kept until the next time',
    )
  }
}

function keep({ unwrittenRejections: { counts } }: Counted, { hour, reason, count }: RejectionCount): void {
  const key = `${hour} ${reason}`
  const before = counts.get(key)?.count ?? 0
  rememberNewest(counts, key, { hour, reason, count: before + count }, MOST_UNWRITTEN)
}
