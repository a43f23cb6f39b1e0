import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type NextFunction, type Request, type Response, Router } from 'express'
import { verifyEvent } from '../code/index.ts'
import type { Shop } from '../shop.ts'
import { add } from '../tally.ts'
import { allowOnly, readBody, refuseUnknownPath } from '../web/index.ts'
import { isProbe } from './probes.ts'
import { noteRejection } from './rejections.ts'
import { settleByWebhook } from './settle.ts'

const PATH = /^(https?:\/\/[^/?]*)?\/webhook\/?(\?.*)?$/i // as Express matches /webhook, except for what no client sends
const EVENT = { largest: 16 * 1024, types: ['application/jwt'] } // Code's are below 1 kB
const RECORDED = 'recorded\n'
const RECORDED_ANSWER = 'POST /webhook 2xx'
const HEADERS = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': RECORDED.length,
  'X-Content-Type-Options': 'nosniff',
}
const rejectedDeliveries = new WeakMap<IncomingMessage, Rejected>()

/** Why a delivery was rejected, and its body, unless it was rejected before that was read. */
interface Rejected {
  error: unknown
  body: Buffer | undefined
}

/**
 * Handles deliveries before Express, which would double their cost. Other requests, and rejected deliveries, go to
 * `app`. See docs/decisions/018-webhook-before-express.md.
 */
export function receiveWebhooks(shop: Shop, app: RequestListener): RequestListener {
  return (req, res) => (isDelivery(req) ? receive(shop, app, req, res) : app(req, res))
}

function isDelivery({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && PATH.test(url)
}

/**
 * Verifies one delivery and settles it. Never redirects, since Code would follow, and take the answer of another page for
 * ours. Answers 200 only after the effect is durable: 200 alone ends the retries.
 */
async function receive(
  shop: Shop,
  app: RequestListener,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  let token: Buffer | undefined
  try {
    token = await readBody(req, EVENT)
    const event = await verifyEvent(shop.code.keys, token.toString('latin1')) // base64url is ASCII; decoding UTF-8 could drop a byte order mark
    await settleByWebhook(shop, event)
    res.writeHead(200, HEADERS).end(RECORDED)
    add(shop.tally.answers, RECORDED_ANSWER)
  } catch (error) {
    rejectedDeliveries.set(req, { error, body: token })
    app(req, res)
  }
}

/** Answers rejected deliveries, and whatever else is sent to the webhook's address. */
export function webhookRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/webhook')
    .post((req) => answerRejected(shop, req))
    .all((req, res, next) => refuseOthers(shop, req, res, next))
  return router
}

const refuseAllButPost = allowOnly('POST')

/**
 * Anybody can open the address in a browser, but so does a delivery that was redirected: as a GET, without its body. The shop's own
 * checks of its address say so in the query.
 */
function refuseOthers(shop: Shop, req: Request, res: Response, next: NextFunction): void {
  try {
    refuseAllButPost(req, res, next)
  } catch (error) {
    if (req.query.check !== undefined) throw error
    reject(shop, req, error, null)
  }
}

async function answerRejected(shop: Shop, req: Request): Promise<void> {
  const { error, body } = rejectedDeliveries.get(req) ?? refuseUnknownPath(req)
  if (await isProbe(shop, req, body)) throw error
  reject(shop, req, error, body ?? req.read())
}

function reject(shop: Shop, req: Request, error: unknown, received: Buffer | null): never {
  noteRejection(shop, { headers: req.headers, error, received })
  throw error
}
