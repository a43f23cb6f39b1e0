import type { SandboxEvent } from '../events.ts'
import type { Bill, Line, Message, Party } from '../state/index.ts'
import type { AttributedCall } from './caller.ts'

type Described = Omit<Message, 'intent' | 'at'>

const LONGEST_TEXT = 400 // parts of it come from shops and merchants

/** Describes an event as a message between two parties. Returns undefined for an event that is no message. */
export function describeEvent(event: SandboxEvent, call: AttributedCall): Described | undefined {
  const described =
    describeCall(event, call) ?? describeWallet(event) ?? describeStream(event) ?? describeWebhook(event)
  return (
    described && {
      ...described,
      says: shorten(described.says),
      answer: described.answer && shorten(described.answer),
    }
  )
}

function describeCall(
  { what, ...facts }: SandboxEvent,
  { caller, method }: AttributedCall,
): Described | undefined {
  const call = (says: string, answer: string, well = true): Described => ({
    ...message(caller, 'sequencer', says, answer),
    well,
  })
  if (what === 'request accepted')
    return call(`${method}: ${describeRequest(facts)}`, 'OK: the intent is created')
  if (what === 'request repeated')
    return call(`${method}: ${describeRequest(facts)}`, 'OK: the same as before')
  if (what === 'status asked') return call(method, describeStatus(facts))
  if (what === 'login asked') return call(method, String(facts.result))
  if (what === 'webhook registration')
    return call(describeUrl(method, facts.url), ...describeRegistration(facts))
  if (what === 'call refused')
    return call(String(facts.method).replace(/^.*\./, ''), `rejected: ${facts.reason}`, false)
  if (what === 'amount cut')
    return call(describeCut(facts), 'OK, but a buyer’s browser opens another intent', false)
  if (what === 'fault injected') return call(String(facts.method), `injected fault: ${facts.fault}`, false)
  return undefined
}

function describeRequest({ bill, domain, verifier }: Record<string, unknown>): string {
  const login = verifier === null ? [] : [`login to ${domain}`]
  const payment = bill ? [describeBill(bill as Bill)] : []
  return [...payment, ...login].join(', ')
}

function describeCut({ inId, inMessage }: Record<string, unknown>): string {
  const [one, other] = [inId, inMessage].map((hundredths) => (Number(hundredths) / 100).toFixed(2))
  return `like Code’s Go SDK, which truncates amounts: the id belongs to ${one}, the message says ${other}`
}

/** A webhook is registered by a call of its own, or by one that also creates the intent. */
function describeUrl(method: string, url: unknown): string {
  return method === 'registerWebhook' ? `registerWebhook ${url}` : `${method}: the webhook ${url}`
}

function describeBill({ hundredths, currency, destination }: Bill): string {
  return `${(hundredths / 100).toFixed(2)} ${currency.toUpperCase()} to ${destination}`
}

function describeStatus({ exists, submitted }: Record<string, unknown>): string {
  if (!exists) return 'there is no such intent'
  return submitted ? 'submitted' : 'not submitted yet'
}

/** Already registered is no failure: it is what a shop that retries gets. */
function describeRegistration({ result, reason }: Record<string, unknown>): [string, boolean] {
  const answer = reason === undefined ? String(result) : `${result}: ${reason}`
  return [answer, result === 'OK' || result === 'ALREADY_REGISTERED']
}

function describeWallet({ what }: SandboxEvent): Described | undefined {
  const act = (says: string, well = true): Described => ({ ...message('wallet', 'sequencer', says), well })
  if (what === 'code scanned') return act('has scanned the code')
  if (what === 'payment approved') return act('submits the payment')
  if (what === 'login approved') return act('submits the login')
  if (what === 'payment rejected' || what === 'login rejected') return act('rejects', false)
  return undefined
}

function describeStream({ what, ...facts }: SandboxEvent): Described | undefined {
  if (what === 'stream opened') return message('browser', 'sequencer', 'openMessageStream')
  if (what === 'message sent') return message('sequencer', 'browser', String(facts.message))
  if (what === 'stream closed') return message('browser', 'sequencer', 'closes the stream')
  if (what === 'stream ended') return message('sequencer', 'browser', 'ends the stream', String(facts.reason))
  return undefined
}

function describeWebhook({ what, ...facts }: SandboxEvent): Described | undefined {
  if (what !== 'attempt made') return undefined
  const { number, url, status, answer, durationMs, claims, fault } = facts
  const injected = fault === 'none' ? '' : `, injected fault: ${fault}`
  const text = String(answer).trim()
  const came = text === '' ? status : `${status}: ${text}`
  return {
    ...message('sequencer', 'shop', `webhook, attempt ${number}, to ${url}${injected}`),
    answer: status === null ? `no answer: ${text}` : `${came} (after ${durationMs} ms)`,
    well: status === 200,
    claims: JSON.stringify(claims),
  }
}

function message(from: Party, to: Party, says: string, answer: string | null = null): Described {
  return { from, to, says, answer, well: true, claims: null }
}

function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}

/** Formats a line of a trace as one line of text, for logs, whatever others have put into it. */
export function toText({ at, from, to, says, answer, claims, times }: Line): string {
  const message = `${new Date(at).toISOString()}  ${from} → ${to}: ${says}`
  const answered = answer === null ? message : `${message} — ${answer}`
  const counted = times === 1 ? answered : `${answered} (${times} times)`
  const text = claims === null ? counted : `${counted} ${claims}`
  return text.replace(/\p{Cc}+/gu, ' ')
}
