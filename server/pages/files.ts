import type { Response } from 'express'
import type { PictureNow } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'

/**
 * Sends a file under this name. Express answers range requests, so a broken download goes on where it stopped. nginx is not to
 * read ahead: it would read a gigabyte, and then nothing until its client has that.
 */
export function sendDownload(res: Response, { path, name }: { path: string; name: string }): Promise<void> {
  res.set('X-Accel-Buffering', 'no')
  return sent(res, (done) => res.download(path, name, { cacheControl: false, dotfiles: 'allow' }, done))
}

/** Sends a picture that browsers keep for a year: other content has another name. If this is other content, they don't. */
export function sendPicture(res: Response, picture: PictureNow): void {
  res.set('Cache-Control', picture.isAsNamed ? 'public, max-age=31536000, immutable' : 'no-cache')
  sendPaidPicture(res, picture)
}

/** Sends a picture whose caching is decided already. */
export function sendPaidPicture(res: Response, { content, type }: PictureNow): void {
  res.type(type).send(content)
}

/** A buyer who leaves in the middle is no error of the shop. A file that is gone is: it was there a moment ago. */
function sent(res: Response, send: (done: (error?: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) =>
    send((error) => (!error || res.headersSent ? resolve() : reject(isGone(error) ? gone(error) : error))),
  )
}

function isGone({ status }: Error & { status?: number }): boolean {
  return status === 404
}

function gone(cause: Error): ShopError {
  return new ShopError('product-unavailable', (t) => t.fileMoved(), { cause })
}
