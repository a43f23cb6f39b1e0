import type { IncomingMessage } from 'node:http'
import { ShopError } from '../errors.ts'
import { countSeldom } from '../seldom.ts'
import type { Shop } from '../shop.ts'
import { add } from '../tally.ts'
import { excerpt } from '../web/index.ts'

const REJECTED = 'webhooks are rejected, so payments are found by polling, up to 30 s late'
const REDIRECTED =
  '/webhook was requested with a method other than POST. If these are webhooks, a redirect in front of the shop makes a GET of them, and payments are found by polling, up to 30 s late'

/**
 * Warns that webhooks are rejected, for each reason at most once a minute: otherwise the only sign is that sales arrive late,
 * by polling. `received` is the part of the body that has arrived.
 */
export function noteRejection(
  { rejections, log, tally }: Pick<Shop, 'rejections' | 'log' | 'tally'>,
  { headers }: Pick<IncomingMessage, 'headers'>,
  { error, received }: { error: unknown; received: Buffer | null },
  now = performance.now(),
): void {
  if (!(error instanceof ShopError)) return // a failure of the shop itself, which is logged where it is answered
  add(tally.rejections, error.code)
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
