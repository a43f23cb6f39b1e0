import type { ReadStream } from 'node:fs'
import type { Socket } from 'node:net'
import type { Response } from 'express'
import type { PictureNow } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import { shareWithSites } from '../web/index.ts'

/**
 * Sends a file under this name. Express answers range requests, so an interrupted download can be resumed. nginx must not
 * read ahead: it would read a gigabyte, and then nothing until its client has received that.
 */
export function sendDownload(res: Response, { path, name }: { path: string; name: string }): Promise<void> {
  res.set('X-Accel-Buffering', 'no')
  return sent(res, (done) => res.download(path, name, { cacheControl: false, dotfiles: 'allow' }, done))
}

/**
 * Sends a picture that everybody may see. Browsers keep it for a year, since its name changes with its content, unless this is
 * other content.
 */
export function sendPicture(res: Response, picture: PictureNow): void {
  shareWithSites(res).set(
    'Cache-Control',
    picture.isAsNamed ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
  sendPaidPicture(res, picture)
}

/** Sends a picture whose headers are decided already. */
export function sendPaidPicture(res: Response, { content, type }: PictureNow): void {
  res.type(type).send(content)
}

type SendError = Error & { status?: number; code?: string }

/**
 * Resolves once a file is sent, or the buyer has left. Rejects if the file has gone missing since it was checked, can't be read to its
 * end, or has become shorter. What is left of the answer would never come then, so its connection must be closed.
 */
function sent(res: Response, send: (done: (error?: SendError) => void) => void): Promise<void> {
  const { socket } = res
  let file: ReadStream | undefined
  res.once('pipe', (source: ReadStream) => (file = source))
  return new Promise((resolve, reject) =>
    send((error) => {
      if (error && hasLeft(error, socket)) resolve()
      else if (error) reject(isGone(error) ? gone(error) : error)
      else if (file && file.bytesRead < Number(res.get('Content-Length')))
        reject(new Error('The file became shorter while it was sent.'))
      else resolve()
    }),
  )
}

function hasLeft(error: SendError, socket: Socket | null): boolean {
  return error.code === 'ECONNABORTED' || error === socket?.errored // the former is Express's word for it
}

function isGone({ status }: SendError): boolean {
  return status === 404
}

function gone(cause: Error): ShopError {
  return new ShopError('product-unavailable', (t) => t.fileMoved(), { cause })
}
