import type { IncomingMessage } from 'node:http'
import { ShopError } from '../errors.ts'
import { countSeldom } from '../seldom.ts'
import type { Shop } from '../shop.ts'
import { add } from '../tally.ts'
import { excerpt } from '../web/index.ts'

const REJECTED = 'webhooks are rejected, so payments are found by polling, up to 30 s late'
const REDIRECTED =
  '/webhook was requested with a method other than POST. If these are webhooks, a redirect in front of the shop makes a GET of them, and payments are found by polling, up to 30 s late'
const MANY_UNTRUSTED = 20
const NONE_TRUSTED =
  'this instance has rejected 20 webhooks since its start, because it could not verify their signatures, and has accepted none. If they are Code’s, its CODE_PUBLIC_KEY is wrong: npm run doctor checks it. If somebody forges them, they do no harm'

/**
 * Warns that webhooks are rejected, for each reason at most once a minute: otherwise the only sign is that sales arrive late,
 * by polling. `received` is the part of the body that has arrived. Behind a load balancer, there may be no sign at all, since Code's
 * next attempt may reach an instance with the right key: that is an alert, once.
 */
export function noteRejection(
  { rejections, log, tally }: Pick<Shop, 'rejections' | 'log' | 'tally'>,
  { headers }: Pick<IncomingMessage, 'headers'>,
  { error, received }: { error: unknown; received: Buffer | null },
  now = performance.now(),
): void {
  if (!(error instanceof ShopError)) return // a failure of the shop itself, which is logged where it is answered
  add(tally.rejections, error.code)
  const untrusted = error.code === 'event-not-trusted' && tally.rejections.get(error.code)
  if (untrusted === MANY_UNTRUSTED && tally.deliveries.size === 0) log.error({ alert: true }, NONE_TRUSTED)
  const repeated = countSeldom(rejections, error.code, now)
  if (!repeated) return
  const facts = {
    code: error.code,
    reason: error.message,
    ...repeated,
    contentType: excerpt(headers['content-type'] ?? ''),
    received: excerpt(received?.toString('latin1') ?? ''),
  }
  log.warn(facts, error.code === 'method-not-allowed' ? REDIRECTED : REJECTED)
}
