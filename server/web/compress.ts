import compression from 'compression'
import type { RequestHandler } from 'express'

/** Compresses pages and JSON. A download stays as it is: a broken one goes on at a byte of the file, not of its compressed form. */
export function compress(): RequestHandler {
  return compression({
    filter: (req, res) => !res.hasHeader('Content-Disposition') && compression.filter(req, res),
  })
}
