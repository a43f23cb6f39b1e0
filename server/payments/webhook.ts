import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Router } from 'express'
import { allowOnly, readBody } from '../web/index.ts'
import type { Settle } from './settle.ts'
import type { Verifier } from './verify-event.ts'

const PATH = '/webhook'
const EVENT = { largest: 16 * 1024, types: ['application/jwt'] } // Code's are below 1 kB
const RECORDED = 'recorded\n'
const HEADERS = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': RECORDED.length,
  'X-Content-Type-Options': 'nosniff',
}

/**
 * Where Code posts its events. Never redirects (Code would follow, and take the answer of another page for ours), and
 * answers 200 only after the effect is durable: 200 alone ends the retries.
 */
export function createWebhook({ verifyEvent, settle }: { verifyEvent: Verifier; settle: Settle }) {
  const refusals = new WeakMap<IncomingMessage, unknown>()

  async function receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const token = await readBody(req, EVENT)
    const event = await verifyEvent(token.toString('latin1')) // base64url is ASCII; a decoder of UTF-8 could drop a byte order mark
    await settle({ kind: 'webhook', event })
    res.writeHead(200, HEADERS).end(RECORDED)
  }

  /**
   * Receives deliveries before Express, which costs as much as all the rest of them. Express gets everything else,
   * and what was refused, for the answer and the log. See docs/decisions/018-webhook-before-express.md.
   */
  function receiveBefore(app: RequestListener): RequestListener {
    return function receiveOrPass(req, res) {
      if (req.url !== PATH || req.method !== 'POST') return app(req, res)
      receive(req, res).catch((error) => {
        refusals.set(req, error)
        app(req, res)
      })
    }
  }

  /** For what was refused, and for the path in other spellings: `/webhook/` is the same. */
  function routes(): Router {
    const router = Router()
    router
      .route(PATH)
      .post(async (req, res) => {
        if (refusals.has(req)) throw refusals.get(req)
        await receive(req, res)
      })
      .all(allowOnly('POST'))
    return router
  }

  return { receiveBefore, routes }
}
