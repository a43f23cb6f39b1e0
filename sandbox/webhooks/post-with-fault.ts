import { sign } from 'node:crypto'
import type { WebhookFault } from '../faults/index.ts'
import { generateKey } from '../generate-key.ts'
import { type Answer, noAnswer, type Policy, postToken } from './post-token.ts'

const DELAYED_ATTEMPTS = 3 // immediately, after 1 s, after another 1 s; the next one follows 15 s later

interface PendingAttempt {
  number: number
  url: string
  token: string
}

/** Makes one attempt, with a fault if one is set. The answer mentions a fault that changed what was sent. */
export async function postWithFault(
  { number, url, token }: PendingAttempt,
  fault: WebhookFault,
  policy: Policy,
): Promise<Answer> {
  const post = (changed = token) => postToken({ url, token: changed }, policy)
  switch (fault) {
    case 'none':
    case 'before-success': // affects the stream: see wallet.ts
      return post()
    case 'dropped':
      return noAnswer('injected fault: not sent')
    case 'delayed':
      return number > DELAYED_ATTEMPTS ? post() : noAnswer('injected fault: not sent yet')
    case 'twice':
      await post()
      return note(await post(), 'injected fault: sent twice')
    case 'twice-at-once':
      return note((await Promise.all([post(), post()]))[0], 'injected fault: sent twice at once')
    case 'wrong-key':
      return note(await post(signAgain(token)), 'injected fault: signed with a wrong key')
    case 'tampered':
      return note(await post(tamper(token)), 'injected fault: tampered with')
    case 'redirected':
      return note(await postToken({ url, token, method: 'GET' }, policy), 'injected fault: redirected')
  }
}

/** Returns the claims inside a token. */
export function claimsIn(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

function note(answer: Answer, text: string): Answer {
  return { ...answer, answer: `(${text}) ${answer.answer}` }
}

function signAgain(token: string): string {
  const input = token.slice(0, token.lastIndexOf('.'))
  return `${input}.${sign(null, Buffer.from(input), generateKey()).toString('base64url')}`
}

function tamper(token: string): string {
  const [header, , signature] = token.split('.')
  const claims = claimsIn(token)
  const changed = JSON.stringify({ ...claims, amount: Number(claims.amount ?? 0) + 1 })
  return `${header}.${Buffer.from(changed).toString('base64url')}.${signature}`
}
