import { type Request, type RequestHandler, Router } from 'express'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import type { KeptRequest, Line } from '../state/index.ts'
import { toText } from './describe-event.ts'
import type { Traces } from './traces.ts'

const PATHS = ['/traces/:intent', '/conversations/:intent'] // the second was its name before

interface Deps {
  traces: Traces
  /** Returns undefined if the request was refused or never made. Throws a Problem for what is not an intent. */
  findRequest(intent: string): KeptRequest | undefined
}

/** Serves the trace of one intent: a diagram for people, JSON for programs, text for logs. */
export function traceRoutes({ traces, findRequest }: Deps, guard: RequestHandler): Router {
  const router = Router()

  router.all(PATHS, guard)

  router.get(PATHS, (req: Request<{ intent: string }>, res) => {
    const { intent } = req.params
    const isKept = findRequest(intent) !== undefined
    const lines = traces.linesOf(intent)
    if (!isKept && lines.length === 0)
      throw new Problem(404, `The sandbox has received nothing about ${intent}.`)
    res.vary('Accept')
    const format = req.accepts(['json', 'text', 'html'])
    if (format === 'html')
      return res.render('trace', { base: req.baseUrl, intent, isKept, lines: toViews(lines) })
    if (format === 'text')
      return void res.type('text').send(lines.map((line) => `${toText(line)}\n`).join(''))
    return void res.json(lines.map(toJson))
  })
  router.all(PATHS, allowOnly('GET'))

  return router
}

function toJson({ at, lastAt, claims, answer, times, ...line }: Line) {
  return {
    at: new Date(at).toISOString(),
    ...line,
    ...(answer !== null && { answer }),
    ...(claims !== null && { claims: JSON.parse(claims) }),
    ...(times > 1 && { times, lastAt: new Date(lastAt).toISOString() }),
  }
}

const PARTIES = ['browser', 'shop', 'sequencer', 'wallet']

/** Each line that begins a day shows its date. */
function toViews(lines: readonly Line[]) {
  return lines.map((line, index) => toView(line, lines[index - 1]?.at))
}

/** The arrow's columns are a class of the row, since the page's policy forbids inline styles. */
function toView(
  { at, from, to, says, answer, well, claims, times, lastAt }: Line,
  before: number | undefined,
) {
  const [one, other] = [PARTIES.indexOf(from) + 1, PARTIES.indexOf(to) + 1]
  return {
    iso: new Date(at).toISOString(),
    time: showTime(at, before),
    last: times > 1 ? showTime(lastAt, at) : undefined,
    times,
    from,
    to,
    says,
    answer,
    well,
    claims: claims === null ? undefined : JSON.stringify(JSON.parse(claims), null, 2),
    span: `columns-${Math.min(one, other)}-${Math.max(one, other)}`,
    direction: one < other ? 'rightwards' : 'leftwards',
  }
}

/** Returns a time in UTC, with its date unless it is that of the time before it. */
function showTime(at: number, before: number | undefined): string {
  const [date = '', time = ''] = new Date(at).toISOString().slice(0, -1).split('T')
  const isSameDay = before !== undefined && new Date(before).toISOString().startsWith(date)
  return isSameDay ? time : `${date} ${time}`
}
