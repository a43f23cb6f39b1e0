import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { Problem } from './errors.ts'
import type { Report } from './events.ts'

/** For paths that exist: names the methods that they take. */
export function allowOnly(...methods: string[]): RequestHandler {
  return function refuseMethod(req, res) {
    res.set('Allow', methods.join(', '))
    throw new Problem(
      405,
      `${req.method} is not for ${req.path.slice(0, 200)}; it takes ${methods.join(' and ')}.`,
    )
  }
}

export const refuseUnknownPath: RequestHandler = (req) => {
  throw new Problem(404, `The sandbox has nothing at ${req.path.slice(0, 200)}.`)
}

/** The one error handler: people get a page, programs `application/problem+json` (RFC 9457). */
export function answerProblem(report: Report): ErrorRequestHandler {
  return function answer(error, req, res, next) {
    const { status, detail } = understand(error)
    if (status >= 500)
      report({ what: 'failed', path: req.path, reason: String((error as Error)?.stack ?? error) })
    if (res.headersSent) return next(error)
    const title = STATUS_CODES[status] ?? 'Error'
    const sendProblem = () =>
      res
        .type('application/problem+json')
        .send(JSON.stringify({ type: 'about:blank', title, status, detail }))
    res.status(status).vary('Accept')
    if (req.accepts(['json', 'html']) !== 'html') return void sendProblem()
    res.render('problem', { base: req.baseUrl, status, title, detail }, (fault: Error | null, page) => {
      if (!fault) return void res.send(page)
      report({ what: 'failed', path: req.path, reason: String(fault.stack) })
      sendProblem() // Express itself would show the stack
    })
  }
}

/** Errors of Express and its parsers say by a status below 500 that the request is to blame. */
function understand(error: unknown): { status: number; detail: string } {
  if (error instanceof Problem) return { status: error.status, detail: error.message }
  const { status, message, limit } = error as { status?: unknown; message?: unknown; limit?: unknown }
  if (status === 413)
    return { status, detail: `The body has more than ${limit} bytes; nothing here needs so much.` }
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, detail: String(message) }
  return { status: 500, detail: 'Something went wrong in the sandbox; its log knows more.' }
}
