import type { SandboxEvent } from '../events.ts'

export type Party = 'browser' | 'shop' | 'sequencer' | 'wallet'

/** One thing that was said: who, to whom, what, and what came of it. `at` in ms since 1970 UTC. */
export interface Line {
  at: number
  from: Party
  to: Party
  says: string
  /** What was answered or what it led to; undefined where nothing is answered */
  answer: string | undefined
  /** Was it what one would wish for? */
  well: boolean
  /** The claims of a webhook, decoded */
  claims?: unknown
}

type Told = Omit<Line, 'at'>

/** An event of the sandbox in the words of a conversation; undefined for what nobody said. */
export function tell(event: SandboxEvent, caller: Party): Told | undefined {
  return tellCall(event, caller) ?? tellWallet(event) ?? tellStream(event) ?? tellWebhook(event)
}

function tellCall({ what, ...facts }: SandboxEvent, caller: Party): Told | undefined {
  const call = (says: string, answer: string, well = true): Told => ({
    from: caller,
    to: 'sequencer',
    says,
    answer,
    well,
  })
  if (what === 'request accepted') return call('sendMessage', 'OK: the intent is created')
  if (what === 'request repeated') return call('sendMessage', 'OK: the same as before')
  if (what === 'status asked') return call('getStatus', facts.submitted ? 'submitted' : 'not submitted yet')
  if (what === 'webhook registration') {
    return call(`registerWebhook ${facts.url}`, String(facts.result), facts.result === 'OK')
  }
  if (what === 'call refused')
    return call(String(facts.method).replace(/^.*\./, ''), `refused: ${facts.reason}`, false)
  if (what === 'trouble') return call(String(facts.method), `on purpose: ${facts.trouble}`, false)
  return undefined
}

function tellWallet({ what }: SandboxEvent): Told | undefined {
  const say = (says: string, well = true): Told => ({
    from: 'wallet',
    to: 'sequencer',
    says,
    answer: undefined,
    well,
  })
  if (what === 'code scanned') return say('has scanned the code')
  if (what === 'payment approved') return say('submits the payment')
  if (what === 'login approved') return say('submits the login')
  if (what === 'payment rejected' || what === 'login rejected') return say('rejects', false)
  return undefined
}

function tellStream({ what, ...facts }: SandboxEvent): Told | undefined {
  if (what === 'stream opened') {
    return { from: 'browser', to: 'sequencer', says: 'openMessageStream', answer: undefined, well: true }
  }
  if (what === 'message sent') {
    return { from: 'sequencer', to: 'browser', says: String(facts.message), answer: undefined, well: true }
  }
  if (what === 'stream ended') {
    return {
      from: 'sequencer',
      to: 'browser',
      says: 'ends the stream',
      answer: String(facts.reason),
      well: true,
    }
  }
  return undefined
}

function tellWebhook({ what, ...facts }: SandboxEvent): Told | undefined {
  if (what !== 'attempt made') return undefined
  const { number, url, status, answer, durationMs, claims, trouble } = facts
  const came = status === null ? `no answer: ${answer}` : `${status} after ${durationMs} ms`
  return {
    from: 'sequencer',
    to: 'shop',
    says: `webhook, attempt ${number}, to ${url}${trouble === 'none' ? '' : `, on purpose ${trouble}`}`,
    answer: came,
    well: status === 200,
    claims,
  }
}

/** The same as a line of text, for screen readers and logs. */
export function toText({ at, from, to, says, answer, claims }: Line): string {
  const spoken = `${new Date(at).toISOString()}  ${from} → ${to}: ${says}`
  const answered = answer === undefined ? spoken : `${spoken} — ${answer}`
  return claims === undefined ? answered : `${answered} ${JSON.stringify(claims)}`
}
