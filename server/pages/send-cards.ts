import type { Response } from 'express'
import { PRIVATE, sendPrivatePage, shareWithReaders } from '../web/index.ts'

/** Sends a page with cards. It is the visitor's own if it shows what their passes open, and otherwise the same for all readers. */
export function sendCards(res: Response, page: string, isOwn: boolean): void {
  if (isOwn) {
    sendPrivatePage(res.set('Cache-Control', PRIVATE), page)
    return
  }
  shareWithReaders(res)
  res.send(page)
}
