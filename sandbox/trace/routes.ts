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
      return res.render('trace', { base: req.baseUrl, intent, isKept, lines: lines.map(toView) })
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

/** The arrow's columns are a class of the row, since the page's policy forbids inline styles. */
function toView({ at, from, to, says, answer, well, claims, times, lastAt }: Line) {
  const [one, other] = [PARTIES.indexOf(from) + 1, PARTIES.indexOf(to) + 1]
  return {
    ...toMoment(at),
    last: times > 1 ? toMoment(lastAt) : undefined,
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

function toMoment(at: number): { iso: string; time: string } {
  const iso = new Date(at).toISOString()
  return { iso, time: iso.slice(11, 23) }
}
