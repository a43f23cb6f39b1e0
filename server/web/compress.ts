import compression from 'compression'
import type { RequestHandler } from 'express'

/**
 * Compresses pages and JSON. Downloads stay as they are: an interrupted one is resumed at a byte of the file, not of its
 * compressed form.
 */
export function compress(): RequestHandler {
  return compression({
    filter: (req, res) => !res.hasHeader('Content-Disposition') && compression.filter(req, res),
  })
}
