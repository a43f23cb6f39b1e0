import type { SandboxEvent } from '../events.ts'
import type { Bill, Line, Party, Saying } from '../state/index.ts'

type Told = Omit<Saying, 'intent' | 'at'>

const LONGEST_TEXT = 400 // merchants and shops choose some of the words

/** An event of the sandbox in the words of a conversation; undefined for what nobody said. */
export function tell(event: SandboxEvent, caller: Party): Told | undefined {
  const told = tellCall(event, caller) ?? tellWallet(event) ?? tellStream(event) ?? tellWebhook(event)
  return told && { ...told, says: shorten(told.says), answer: told.answer && shorten(told.answer) }
}

function tellCall({ what, ...facts }: SandboxEvent, caller: Party): Told | undefined {
  const call = (says: string, answer: string, well = true): Told => ({
    ...say(caller, 'sequencer', says, answer),
    well,
  })
  if (what === 'request accepted') return call(tellRequest(facts), 'OK: the intent is created')
  if (what === 'request repeated') return call(tellRequest(facts), 'OK: the same as before')
  if (what === 'status asked') return call('getStatus', tellStatus(facts))
  if (what === 'login asked') return call('getLoginForThirdPartyApp', String(facts.result))
  if (what === 'webhook registration') return call(`registerWebhook ${facts.url}`, ...tellRegistration(facts))
  if (what === 'call refused')
    return call(String(facts.method).replace(/^.*\./, ''), `refused: ${facts.reason}`, false)
  if (what === 'trouble') return call(String(facts.method), `on purpose: ${facts.trouble}`, false)
  return undefined
}

function tellRequest({ bill, domain, verifier }: Record<string, unknown>): string {
  const login = verifier === null ? [] : [`login to ${domain}`]
  const payment = bill ? [tellBill(bill as Bill)] : []
  return `sendMessage: ${[...payment, ...login].join(', ')}`
}

function tellBill({ hundredths, currency, destination }: Bill): string {
  return `${(hundredths / 100).toFixed(2)} ${currency.toUpperCase()} to ${destination}`
}

function tellStatus({ exists, submitted }: Record<string, unknown>): string {
  if (!exists) return 'there is no such intent'
  return submitted ? 'submitted' : 'not submitted yet'
}

/** Registered already is no failure: a shop that tries again meets it. */
function tellRegistration({ result, reason }: Record<string, unknown>): [string, boolean] {
  const answer = reason === undefined ? String(result) : `${result}: ${reason}`
  return [answer, result === 'OK' || result === 'ALREADY_REGISTERED']
}

function tellWallet({ what }: SandboxEvent): Told | undefined {
  const act = (says: string, well = true): Told => ({ ...say('wallet', 'sequencer', says), well })
  if (what === 'code scanned') return act('has scanned the code')
  if (what === 'payment approved') return act('submits the payment')
  if (what === 'login approved') return act('submits the login')
  if (what === 'payment rejected' || what === 'login rejected') return act('rejects', false)
  return undefined
}

function tellStream({ what, ...facts }: SandboxEvent): Told | undefined {
  if (what === 'stream opened') return say('browser', 'sequencer', 'openMessageStream')
  if (what === 'message sent') return say('sequencer', 'browser', String(facts.message))
  if (what === 'stream closed') return say('browser', 'sequencer', 'closes the stream')
  if (what === 'stream ended') return say('sequencer', 'browser', 'ends the stream', String(facts.reason))
  return undefined
}

function tellWebhook({ what, ...facts }: SandboxEvent): Told | undefined {
  if (what !== 'attempt made') return undefined
  const { number, url, status, answer, durationMs, claims, trouble } = facts
  const onPurpose = trouble === 'none' ? '' : `, on purpose ${trouble}`
  const text = String(answer).trim()
  const came = text === '' ? status : `${status}: ${text}`
  return {
    ...say('sequencer', 'shop', `webhook, attempt ${number}, to ${url}${onPurpose}`),
    answer: status === null ? `no answer: ${text}` : `${came} (after ${durationMs} ms)`,
    well: status === 200,
    claims: JSON.stringify(claims),
  }
}

function say(from: Party, to: Party, says: string, answer: string | null = null): Told {
  return { from, to, says, answer, well: true, claims: null }
}

function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}

/** The same as one line of text, for screen readers and logs, whatever others have put into it. */
export function toText({ at, from, to, says, answer, claims, times }: Line): string {
  const spoken = `${new Date(at).toISOString()}  ${from} → ${to}: ${says}`
  const answered = answer === null ? spoken : `${spoken} — ${answer}`
  const counted = times === 1 ? answered : `${answered} (${times} times)`
  const text = claims === null ? counted : `${counted} ${claims}`
  return text.replace(/\p{Cc}+/gu, ' ')
}
