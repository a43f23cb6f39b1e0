import { Router } from 'express'
import { allowOnly } from '../answer-problem.ts'
import type { KeptRequest } from '../state/index.ts'
import type { Conversations } from './conversations.ts'
import { type Line, toText } from './tell.ts'

interface Deps {
  conversations: Conversations
  /** Throws Problem for what is no intent, or none that is known */
  getRequest(intent: string): KeptRequest
}

/** The conversation about one request: a diagram for people, JSON for programs, text for logs. */
export function conversationRoutes({ conversations, getRequest }: Deps): Router {
  const router = Router()

  router.get('/conversations/:intent', (req, res) => {
    const { intent } = getRequest(req.params.intent)
    const lines = conversations.linesOf(intent)
    res.vary('Accept')
    const format = req.accepts(['json', 'text', 'html'])
    if (format === 'html')
      return res.render('conversation', { base: req.baseUrl, intent, lines: lines.map(toView) })
    if (format === 'text')
      return void res.type('text').send(lines.map((line) => `${toText(line)}\n`).join(''))
    return void res.json(lines.map(({ at, ...line }) => ({ at: new Date(at).toISOString(), ...line })))
  })
  router.all('/conversations/:intent', allowOnly('GET'))

  return router
}

const PARTIES = ['browser', 'shop', 'sequencer', 'wallet']

/** The arrow from one column to another is a class of each row: the page's policy forbids styles in the text. */
function toView({ at, from, to, says, answer, well, claims }: Line) {
  const [one, other] = [PARTIES.indexOf(from) + 1, PARTIES.indexOf(to) + 1]
  const iso = new Date(at).toISOString()
  return {
    iso,
    time: iso.slice(11, 23),
    from,
    to,
    says,
    answer,
    well,
    claims: claims === undefined ? undefined : JSON.stringify(claims, null, 2),
    span: `columns-${Math.min(one, other)}-${Math.max(one, other)}`,
    direction: one < other ? 'rightwards' : 'leftwards',
  }
}
