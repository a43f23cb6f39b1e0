import express, { Router } from 'express'
import { ShopError } from '../errors.ts'
import { allowOnly, isSentAs } from '../ops/index.ts'
import type { Settle } from './settle.ts'
import type { Verifier } from './verify-event.ts'

const LARGEST_EVENT = '16kb' // Code's are below 1 kB

/**
 * Where Code posts its events. Stands before every body parser, never redirects (Code would follow, and take the
 * answer of another page for ours), and answers 200 only after the effect is durable: 200 alone ends the retries.
 */
export function webhookRoutes({ verifyEvent, settle }: { verifyEvent: Verifier; settle: Settle }): Router {
  const router = Router()
  // Bytes, not text: the decoder of a text would drop a byte order mark, and believe whatever charset it is told.
  const readToken = express.raw({ type: 'application/jwt', limit: LARGEST_EVENT, inflate: false })

  router
    .route('/webhook')
    .post(readToken, async (req, res) => {
      if (!isSentAs(req, 'application/jwt')) {
        throw new ShopError(
          'media-type-unsupported',
          `The webhook takes application/jwt; this came as ${req.get('Content-Type') ?? 'no type at all'}`,
        )
      }
      const body: unknown = req.body
      const event = await verifyEvent(Buffer.isBuffer(body) ? body.toString('latin1') : '')
      await settle({ kind: 'webhook', event })
      res.type('text').send('recorded\n')
    })
    .all(allowOnly('POST'))

  return router
}
