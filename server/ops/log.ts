import { pino } from 'pino'
import { pinoHttp } from 'pino-http'

export type { Logger } from 'pino'

/** JSON lines on standard output. */
export function createLog(level: string) {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

/**
 * Gives each request a number and a logger. Only path and method are written: a query may hold a redemption
 * code, a header a cookie, a body a client secret.
 */
export function logRequests(log: pino.Logger) {
  return pinoHttp({
    logger: log,
    serializers: {
      req: (req: { id: unknown; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        path: req.url.split('?')[0],
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    customLogLevel: () => 'debug', // what went wrong is logged where it is understood, in errors.ts
  })
}
