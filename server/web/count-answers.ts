import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { add, type Tally } from '../tally.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'] // clients can send any other, so those are counted together
const NO_ROUTE = 'none'

/**
 * Counts each answer by the pattern of its route, never by a path, of which clients can invent any number. `mounted` are the
 * paths below which other routers, or no routes at all, answer.
 */
export function countAnswers({ answers }: Tally, mounted: readonly string[]): RequestHandler {
  return (req, res, next) => countAnswer(answers, mounted, req, res, next)
}

function countAnswer(
  answers: Tally['answers'],
  mounted: readonly string[],
  req: Request,
  res: Response,
  next: NextFunction,
): void {
  res.once('close', () => {
    const method = METHODS.includes(req.method) ? req.method : 'other'
    add(answers, `${method} ${routeOf(req, mounted)} ${classOf(res)}`)
  })
  next()
}

/** Express forgets where a router is mounted once an error has left it. */
function routeOf({ route, originalUrl }: Request, mounted: readonly string[]): string {
  const place = mounted.find((path) => isBelow(path, originalUrl))
  if (place === undefined) return route?.path ?? NO_ROUTE
  return route ? `${place}${route.path}` : `${place}/*`
}

/** Express matches paths in any case. */
function isBelow(path: string, url: string): boolean {
  return url.slice(0, path.length).toLowerCase() === path && /^[/?]?$/.test(url.charAt(path.length))
}

/** A client that leaves before the answer begins gets none, although its status is 200 until then. */
function classOf({ headersSent, statusCode }: Response): string {
  return headersSent ? `${Math.floor(statusCode / 100)}xx` : 'none'
}
