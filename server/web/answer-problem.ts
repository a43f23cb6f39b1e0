import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express'
import { type ErrorCode, ShopError } from '../errors.ts'
import { countSeldom, type Seldom } from '../seldom.ts'
import { en } from '../texts/index.ts'
import { PRIVATE } from './headers.ts'
import { type Identified, identify } from './identify-error.ts'
import { inWords, languageOf } from './language.ts'
import { factsOf, type Logger, logFailure, reasonOf } from './log.ts'
import { type ProblemType, problemIn } from './problems.ts'
import type { Views } from './views.ts'

// RFC 9110, section 8, and what else depends on the content
const OF_CONTENT =
  /^(?:content-(?!security-policy).*|accept-ranges|etag|expires|last-modified|link|location|vary|x-accel-buffering)$/
const RANGE_UNSATISFIABLE = 416

interface Deps {
  log: Logger
  refusals: Seldom<ErrorCode>
  views: Views
}

/** One occurrence of a problem. */
interface Problem extends ProblemType, Pick<Identified, 'members' | 'headers'> {
  code: ErrorCode
  detail: string
  isDetailEnglish: boolean
}

/** The one error handler, last in the app: people get a page, programs get `application/problem+json` (RFC 9457). */
export function answerProblem(deps: Deps): ErrorRequestHandler {
  return (error, req, res, next) => answer(deps, error, req, res, next)
}

function answer(deps: Deps, error: unknown, req: Request, res: Response, next: NextFunction): void {
  const identified = identify(error, req)
  const problem = toProblem(identified, req)
  if (!res.headersSent || problem.status === 500) logProblem(deps, identified, problem.status, error, req)
  if (res.headersSent)
    next(error) // Express closes the connection, so that the client notices
  else sendProblem(deps, problem, req, res)
}

function toProblem({ code, detail, members, headers }: Identified, req: Request): Problem {
  const { texts } = languageOf(req)
  const words = detail(texts.errors)
  const isDetailEnglish = texts !== en && words === detail(en.errors)
  return { ...problemIn(code, texts), code, detail: words, isDetailEnglish, members, headers }
}

const OUTAGES = new Set([503, 504]) // of the database, of Code: they refuse every request in the same way

/** The log is English, whatever language the visitor reads. */
function logProblem(
  { log, refusals }: Deps,
  { code, detail }: Identified,
  status: number,
  error: unknown,
  req: Request,
): void {
  const facts = { ...factsOf(req), code }
  const message = detail(en.errors)
  if (status === 500) log.error({ ...facts, err: error }, message)
  else if (OUTAGES.has(status)) logRefusal({ log, refusals }, { error: error as Error, facts, message })
  else if (status > 500) logFailure(log, error as Error, facts, message)
}

/** At most once a minute for each code, with the number of those in between: an outage refuses hundreds. */
function logRefusal(
  { log, refusals }: Pick<Deps, 'log' | 'refusals'>,
  { error, facts, message }: { error: Error; facts: { code: ErrorCode }; message: string },
): void {
  const isLogged = error instanceof ShopError && error.isLogged
  const repeated = isLogged ? undefined : countSeldom(refusals, facts.code)
  log[repeated ? 'warn' : 'debug']({ ...facts, ...repeated, ...reasonOf(error, message) }, message)
}

function sendProblem(deps: Deps, problem: Problem, req: Request, res: Response): void {
  const { status, retryAfter, headers = {} } = problem
  dropContentHeaders(res, status)
  res.set(headers)
  if (retryAfter && !res.get('Retry-After')) res.set('Retry-After', String(retryAfter))
  res.status(status).set('Cache-Control', PRIVATE).vary('Accept')
  if (req.accepts(['json', 'html']) === 'html') sendPage(deps, problem, req, res)
  else sendJson(problem, req, res)
}

/** Removes what was set for the content that could not be sent, such as a file's type, encoding, and name. */
function dropContentHeaders(res: Response, status: number): void {
  for (const name of res.getHeaderNames()) {
    const isRange = name === 'content-range' && status === RANGE_UNSATISFIABLE // it says how long the file is
    if (OF_CONTENT.test(name) && !isRange) res.removeHeader(name)
  }
}

function sendPage({ log, views }: Deps, problem: Problem, req: Request, res: Response): void {
  try {
    const { view, values } = pageOf(res)
    const language = languageOf(req)
    const { problem: words } = problem.isDetailEnglish ? en : language.texts
    res.send(
      views.render(view, {
        ...inWords(language),
        languageTo: req.method === 'GET' ? undefined : (values.back ?? '/'),
        ...values,
        ...problem,
        sentence: words.detail(problem.detail),
        retryAfter: res.get('Retry-After'),
      }),
    )
  } catch (fault) {
    log.error({ ...factsOf(req), err: fault }, 'the page that explains an error cannot be rendered')
    sendJson(problem, req, res) // Express itself would show the stack
  }
}

/** The template of the page that explains an error, and what it needs besides that. */
interface ProblemPage {
  view: string
  /** `back`: the path of the page that it leads to */
  values: { back?: string } & Record<string, unknown>
}

/** Has errors of this request explained on a page that looks like those around it. */
export function explainProblemsOn(res: Response, page: ProblemPage): void {
  res.locals.problemPage = page
}

/** Says where a page that explains an error of this request leads back to. */
export function leadProblemsBack(res: Response, href: string): void {
  const { view, values } = pageOf(res)
  explainProblemsOn(res, { view, values: { ...values, back: href } })
}

/** Has an error of this request tell programs more (RFC 9457, section 3.2). */
export function addToProblem(res: Response, members: object): void {
  res.locals.problemMembers = members
}

/** Has an error of this request name what is wrong with the database: for those who watch the shop, not for its buyers. */
export function nameReasons(res: Response): void {
  res.locals.namesReasons = true
}

/** Returns the status with which an error will be answered. */
export function statusOfProblem(error: unknown, req: Request): number {
  return problemIn(identify(error, req).code, en).status
}

function pageOf(res: Response): ProblemPage {
  return (res.locals.problemPage as ProblemPage | undefined) ?? { view: 'web/problem', values: {} }
}

function sendJson(
  { code, status, title, detail, explanation, members }: Problem,
  req: Request,
  res: Response,
): void {
  const instance = req.baseUrl + req.path // without the query, which may contain a redemption code
  const more = req.res?.locals.problemMembers as object | undefined
  const problem = {
    type: `/problems/${code}`,
    status,
    title,
    detail,
    instance,
    explanation,
    ...members,
    ...more,
  }
  res.type('application/problem+json').send(JSON.stringify(problem))
}
