import { Router } from 'express'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import type { KeptRequest, Line } from '../state/index.ts'
import type { Conversations } from './conversations.ts'
import { toText } from './tell.ts'

interface Deps {
  conversations: Conversations
  /** Undefined for one that nobody asked for, or that was refused. Throws Problem for what is no intent. */
  findRequest(intent: string): KeptRequest | undefined
}

/** The conversation about one intent: a diagram for people, JSON for programs, text for logs. */
export function conversationRoutes({ conversations, findRequest }: Deps): Router {
  const router = Router()

  router.get('/conversations/:intent', (req, res) => {
    const { intent } = req.params
    const isKept = findRequest(intent) !== undefined
    const lines = conversations.linesOf(intent)
    if (!isKept && lines.length === 0)
      throw new Problem(404, `Nobody has said anything about ${intent} here.`)
    res.vary('Accept')
    const format = req.accepts(['json', 'text', 'html'])
    if (format === 'html')
      return res.render('conversation', { base: req.baseUrl, intent, isKept, lines: lines.map(toView) })
    if (format === 'text')
      return void res.type('text').send(lines.map((line) => `${toText(line)}\n`).join(''))
    return void res.json(lines.map(toJson))
  })
  router.all('/conversations/:intent', allowOnly('GET'))

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

/** The arrow from one column to another is a class of each row: the page's policy forbids styles in the text. */
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
