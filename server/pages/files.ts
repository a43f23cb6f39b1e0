import type { Response } from 'express'
import type { Picture } from '../catalog/index.ts'

/** Sends a file under this name. Express answers range requests, so a broken download goes on where it stopped. */
export function sendDownload(res: Response, { path, name }: { path: string; name: string }): Promise<void> {
  return sent(res, (done) => res.download(path, name, { cacheControl: false, dotfiles: 'allow' }, done))
}

/** Sends a picture that browsers keep for a year: other content has another name. */
export function sendPicture(res: Response, { path, type }: Picture): Promise<void> {
  const headers = { 'Content-Type': type }
  return sent(res, (done) =>
    res.sendFile(path, { headers, maxAge: '1y', immutable: true, dotfiles: 'allow' }, done),
  )
}

/** A buyer who leaves in the middle is no error of the shop. */
function sent(res: Response, send: (done: (error?: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) =>
    send((error) => (!error || res.headersSent ? resolve() : reject(error))),
  )
}
