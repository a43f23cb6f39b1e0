import type { Request, RequestHandler } from 'express'
import { pino } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on standard output. */
export function createLog(level: string) {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

/** What a log may say of a request. A query may hold a redemption code, a header a cookie, a body a client secret. */
export function factsOf({ method, originalUrl }: Request) {
  return { method, path: originalUrl.split('?', 1)[0] }
}

/** A line for each answer, at the level `debug`. What went wrong is logged where it is understood, in errors.ts. */
export function logRequests(log: pino.Logger): RequestHandler {
  if (!log.isLevelEnabled('debug')) return (_req, _res, next) => next()
  return function logRequest(req, res, next) {
    const began = performance.now()
    res.once('close', () => {
      const facts = { ...factsOf(req), status: res.statusCode, ms: Math.round(performance.now() - began) }
      log.debug(facts, res.writableFinished ? 'request answered' : 'client gone before the answer')
    })
    next()
  }
}
