import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { DatabaseUnavailable } from '../../db/index.ts'
import { type ErrorCode, ShopError } from '../errors.ts'
import { problems } from './problems.ts'

/** For paths that exist: names the methods that they take. */
export function allowOnly(...methods: string[]): RequestHandler {
  return function refuseMethod(req, res) {
    res.set('Allow', methods.join(', '))
    throw new ShopError(
      'method-not-allowed',
      `${req.method} is not for ${req.path}; it takes ${methods.join(' and ')}`,
    )
  }
}

export const refuseUnknownPath: RequestHandler = (req) => {
  throw new ShopError('page-not-found', `There is nothing at ${req.path}`)
}

/** The one error handler, last in the app: people get a page, programs `application/problem+json` (RFC 9457). */
export const answerProblem: ErrorRequestHandler = (error, req, res, next) => {
  const { code, detail } = understand(error, req)
  const { status, retryAfter } = problems[code]
  if (status === 500) req.log.error({ err: error }, 'unexpected error')
  else if (status > 500 && !res.headersSent) req.log.warn({ ...factsOf(error), code }, detail)
  if (res.headersSent) return next(error)
  if (retryAfter && !res.get('Retry-After')) res.set('Retry-After', String(retryAfter))
  res.status(status).set('Cache-Control', 'private, no-store').vary('Accept')
  const send = req.accepts(['json', 'html']) === 'html' ? sendPage : sendProblem
  send(req, res, code, detail)
}

/** A database that is away fails hundreds at once, all alike: a stack for each would hold up everybody else. */
function factsOf(error: unknown) {
  return error instanceof DatabaseUnavailable ? { reason: error.message } : { err: error }
}

function sendPage(req: Request, res: Response, code: ErrorCode, detail: string): void {
  const { status, title, explanation } = problems[code]
  res.render('ops/problem', { title, status, detail, code, explanation }, (fault: Error | null, page) => {
    if (!fault) return void res.send(page)
    req.log.error({ err: fault }, 'the page that explains an error cannot be made')
    sendProblem(req, res, code, detail) // Express itself would show the stack
  })
}

function sendProblem(req: Request, res: Response, code: ErrorCode, detail: string): void {
  const { status, title } = problems[code]
  const instance = req.baseUrl + req.path // without the query: a redemption code may stand there
  res
    .type('application/problem+json')
    .send(JSON.stringify({ type: `/problems/${code}`, status, title, detail, instance }))
}

function understand(error: unknown, req: Request): { code: ErrorCode; detail: string } {
  if (error instanceof ShopError) return { code: error.code, detail: error.message }
  if (error instanceof DatabaseUnavailable)
    return { code: 'storage-unavailable', detail: `The database cannot answer now: ${error.reason}` }
  return (
    understandExpress(error, req) ?? {
      code: 'unexpected',
      detail: `Request ${String(req.id)} failed; the log knows more`,
    }
  )
}

const CODES_OF_STATUS: Record<number, ErrorCode> = {
  404: 'page-not-found',
  416: 'range-unsatisfiable',
}

/** Errors of Express and its parsers say by a status below 500 that the request is to blame. */
function understandExpress(error: unknown, req: Request): { code: ErrorCode; detail: string } | undefined {
  const { status, message } = error as { status?: unknown; message?: unknown }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  const code = CODES_OF_STATUS[status] ?? 'request-invalid'
  return {
    code,
    detail:
      status === 404 ? `There is nothing at ${req.path}` : `${STATUS_CODES[status]}: ${String(message)}`,
  }
}
