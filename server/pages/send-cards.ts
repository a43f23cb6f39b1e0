import type { Response } from 'express'
import { PRIVATE, sendPrivatePage, shareWithReaders } from '../web/index.ts'

/** Sends a page with cards. It is the visitor's own if their passes open anything, and otherwise the same for all readers. */
export function sendCards(res: Response, page: string, open: ReadonlySet<string>): void {
  if (open.size > 0) {
    sendPrivatePage(res.set('Cache-Control', PRIVATE), page)
    return
  }
  shareWithReaders(res)
  res.send(page)
}
