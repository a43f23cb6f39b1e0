import type { Request, RequestHandler } from 'express'
import type { Config } from '../config/index.ts'
import type { Logger } from './log.ts'

/**
 * Warns once if the trusted proxy doesn't say where a request comes from, as nginx and HAProxy don't by default: they
 * pass on the client's own header, so a client could choose its own address. Browsers that come through the proxy are
 * recognised by the public URL in their `Origin`.
 */
export function watchProxy({ publicUrl, trustProxy }: Config, log: Logger): RequestHandler {
  let isWatching = trustProxy !== false
  return (req, _res, next) => {
    if (isWatching && isUndeclared(req, publicUrl())) {
      isWatching = false
      log.warn(
        'A buyer’s request came without X-Forwarded-For, although TRUST_PROXY is set. The proxy must set this header, or clients can choose their own IP address: see docs/going-live.md.',
      )
    }
    next()
  }
}

function isUndeclared(req: Request, publicUrl: string | undefined): boolean {
  const isTrusted: (address: string, hop: number) => boolean = req.app.get('trust proxy fn')
  return (
    publicUrl !== undefined &&
    req.headers.origin === publicUrl &&
    req.headers['x-forwarded-for'] === undefined &&
    isTrusted(req.socket.remoteAddress ?? '', 0)
  )
}
