import { Router } from 'express'
import { allowOnly, readBody } from '../ops/index.ts'
import type { Settle } from './settle.ts'
import type { Verifier } from './verify-event.ts'

const EVENT = { largest: 16 * 1024, types: ['application/jwt'] } // Code's are below 1 kB

/**
 * Where Code posts its events. Stands before every body parser, never redirects (Code would follow, and take the
 * answer of another page for ours), and answers 200 only after the effect is durable: 200 alone ends the retries.
 */
export function webhookRoutes({ verifyEvent, settle }: { verifyEvent: Verifier; settle: Settle }): Router {
  const router = Router()

  router
    .route('/webhook')
    .post(async (req, res) => {
      const token = await readBody(req, EVENT)
      const event = await verifyEvent(token.toString('latin1')) // base64url is ASCII; a decoder of UTF-8 could drop a byte order mark
      await settle({ kind: 'webhook', event })
      res.type('text').send('recorded\n')
    })
    .all(allowOnly('POST'))

  return router
}
