import type { Request, Response } from 'express'
import { recordFirstStep } from '../../db/index.ts'
import type { Shop } from '../shop.ts'
import { logFailure } from '../web/index.ts'

const DELIVERED = [200, 206] // whole, or a part of it; a browser that has the file already gets 304

/**
 * Notes that an order's file was downloaded, unless it was before, or its buyer left before the first byte. Nobody waits for
 * it: the answer has been sent.
 */
export function noteDownload({ db, clock, log }: Shop, req: Request, res: Response, order: string): void {
  if (req.method !== 'GET' || !res.headersSent || !DELIVERED.includes(res.statusCode)) return
  recordFirstStep(db, { order, what: 'first-download' }, clock.now()).catch((error: Error) =>
    logFailure(log, error, { order }, 'the first download of an order could not be noted'),
  )
}
