import { randomBytes } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { DatabaseUnavailable } from '../../db/index.ts'
import { type ErrorCode, ShopError } from '../errors.ts'
import { factsOf, type Logger } from './log.ts'
import { problems } from './problems.ts'
import type { Views } from './views.ts'

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
export function answerProblem({ log, views }: { log: Logger; views: Views }): ErrorRequestHandler {
  function report(error: unknown, req: Request, { status, code, detail }: Understood): void {
    const facts = { ...factsOf(req), code }
    if (status === 500) log.error({ ...facts, err: error }, detail)
    else if (status > 500) log.warn({ ...facts, ...reasonOf(error) }, detail)
  }

  function sendPage(req: Request, res: Response, understood: Understood): void {
    const { code, detail, status } = understood
    const { title, explanation } = problems[code]
    try {
      res.send(views.render('web/problem', { title, status, detail, code, explanation }))
    } catch (fault) {
      log.error({ ...factsOf(req), err: fault }, 'the page that explains an error cannot be made')
      sendProblem(req, res, understood) // Express itself would show the stack
    }
  }

  return function answer(error, req, res, next) {
    const understood = understand(error, req)
    if (!res.headersSent || understood.status === 500) report(error, req, understood)
    if (res.headersSent) return next(error)
    const { code, status } = understood
    const { retryAfter } = problems[code]
    if (retryAfter && !res.get('Retry-After')) res.set('Retry-After', String(retryAfter))
    res.status(status).set('Cache-Control', 'private, no-store').vary('Accept')
    const send = req.accepts(['json', 'html']) === 'html' ? sendPage : sendProblem
    send(req, res, understood)
  }
}

interface Understood {
  code: ErrorCode
  status: number
  detail: string
}

/** A database that is away fails hundreds at once, all alike: a stack for each would hold up everybody else. */
function reasonOf(error: unknown) {
  return error instanceof DatabaseUnavailable ? { reason: error.message } : { err: error }
}

function sendProblem(req: Request, res: Response, { code, status, detail }: Understood): void {
  const { title } = problems[code]
  const instance = req.baseUrl + req.path // without the query: a redemption code may stand there
  res
    .type('application/problem+json')
    .send(JSON.stringify({ type: `/problems/${code}`, status, title, detail, instance }))
}

function understand(error: unknown, req: Request): Understood {
  const { code, detail } = explain(error, req)
  return { code, status: problems[code].status, detail }
}

function explain(error: unknown, req: Request): { code: ErrorCode; detail: string } {
  if (error instanceof ShopError) return { code: error.code, detail: error.message }
  if (error instanceof DatabaseUnavailable)
    return { code: 'storage-unavailable', detail: `The database cannot answer now: ${error.reason}` }
  return explainExpress(error, req) ?? { code: 'unexpected', detail: unexpected() }
}

/** With a number by which the log is searched. */
function unexpected(): string {
  return `Something failed that never should; the log has it as ${randomBytes(4).toString('hex')}`
}

const CODES_OF_STATUS: Record<number, ErrorCode> = {
  404: 'page-not-found',
  416: 'range-unsatisfiable',
}

/** Errors of Express and its parsers say by a status below 500 that the request is to blame. */
function explainExpress(error: unknown, req: Request): { code: ErrorCode; detail: string } | undefined {
  const { status, message } = error as { status?: unknown; message?: unknown }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  const code = CODES_OF_STATUS[status] ?? 'request-invalid'
  return {
    code,
    detail:
      status === 404 ? `There is nothing at ${req.path}` : `${STATUS_CODES[status]}: ${String(message)}`,
  }
}
