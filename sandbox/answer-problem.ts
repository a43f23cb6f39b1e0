import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { type Explain, Problem } from './errors.ts'
import type { Report } from './events.ts'
import { loadWalletTexts, readerOf } from './texts/index.ts'

// RFC 9110, section 8, and what else depends on the content
const OF_CONTENT = /^(?:content-(?!security-policy).*|accept-ranges|etag|expires|last-modified|vary)$/

/** Answers OPTIONS and, for an existing path, 405. Both name the methods that it supports; HEAD works wherever GET does. */
export function allowOnly(...methods: string[]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method))
  return function refuseMethod(req, res) {
    res.set('Allow', allowed.join(', '))
    if (req.method === 'OPTIONS') return void res.status(204).end()
    throw new Problem(
      405,
      `${req.path.slice(0, 200)} doesn't support ${req.method}. It supports ${allowed.join(' and ')}.`,
    )
  }
}

export const refuseUnknownPath: RequestHandler = (req) => {
  throw new Problem(404, `The sandbox has nothing at ${req.path.slice(0, 200)}.`)
}

/**
 * Handles every error: people get a page, programs `application/problem+json` (RFC 9457). What buyers can meet is explained
 * in their language; `language` is the shop's own.
 */
export function answerProblem(report: Report, language: () => string | undefined): ErrorRequestHandler {
  return async function answer(error, req, res, next) {
    const { status, detail, explain } = understand(error)
    if (status >= 500)
      report({ what: 'failed', path: req.path, reason: String((error as Error)?.stack ?? error) })
    if (res.headersSent) return next(error)
    dropContentHeaders(res)
    const title = STATUS_CODES[status] ?? 'Error'
    const explained = explain && (await explainTo(req, language(), explain))
    const sendProblem = () =>
      res.type('application/problem+json').send(
        JSON.stringify({
          type: 'about:blank',
          title,
          status,
          detail,
          ...(explained && { explanation: explained.detail }),
        }),
      )
    res.status(status).vary('Accept')
    if (explained) res.vary('Accept-Language').vary('Cookie')
    if (req.accepts(['json', 'html']) !== 'html') return void sendProblem()
    const words = { base: req.baseUrl, title, detail, ...explained }
    res.render('problem', words, (fault: Error | null, page) => {
      if (!fault) return void res.send(page)
      report({ what: 'failed', path: req.path, reason: String(fault.stack) })
      sendProblem() // Express would otherwise show the stack
    })
  }
}

/** Returns what the page of a problem says to this visitor. */
async function explainTo(req: Request, shops: string | undefined, explain: Explain) {
  const { code, locale } = readerOf(req, shops)
  const texts = await loadWalletTexts(code)
  return { texts, title: texts.refusals.title, detail: explain(texts, locale) }
}

/** Removes what was set for the content that could not be sent, such as a file's type and its life in caches. */
function dropContentHeaders(res: Response): void {
  for (const name of res.getHeaderNames()) if (OF_CONTENT.test(name)) res.removeHeader(name)
  if (res.get('Cache-Control')?.includes('max-age')) res.set('Cache-Control', 'no-store')
}

/** Reads an error. Those of Express and its parsers have a status below 500 if the request caused them. */
function understand(error: unknown): { status: number; detail: string; explain?: Explain | undefined } {
  if (error instanceof Problem) return { status: error.status, detail: error.message, explain: error.explain }
  const { status, message, limit } = error as { status?: unknown; message?: unknown; limit?: unknown }
  if (status === 413) return { status, detail: `The body is larger than the limit of ${limit} bytes.` }
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, detail: String(message) }
  return { status: 500, detail: 'Unexpected error in the sandbox. Its log has the details.' }
}
