import { generateKeyPairSync, sign } from 'node:crypto'
import type { WebhookTrouble } from '../troubles/index.ts'
import { type Answer, noAnswer, type Policy, postToken } from './post-token.ts'

const DELAYED_ATTEMPTS = 3 // at once, after 1 s, after another 1 s; the next one comes 15 s later

export interface TroubledAttempt {
  number: number
  url: string
  token: string
}

/** Makes one attempt, with the trouble that was asked for; the answer says where something was done on purpose. */
export async function postTroubled(
  { number, url, token }: TroubledAttempt,
  trouble: WebhookTrouble,
  policy: Policy,
): Promise<Answer> {
  const post = (changed = token) => postToken({ url, token: changed }, policy)
  switch (trouble) {
    case 'none':
    case 'before-success': // that one is about the stream: see wallet.ts
      return post()
    case 'dropped':
      return noAnswer('dropped on purpose: nothing was sent')
    case 'delayed':
      return number > DELAYED_ATTEMPTS ? post() : noAnswer('delayed on purpose: nothing was sent yet')
    case 'twice':
      await post()
      return note(await post(), 'sent twice on purpose')
    case 'twice-at-once':
      return note((await Promise.all([post(), post()]))[0], 'sent twice at once on purpose')
    case 'wrong-key':
      return note(await post(signAgain(token)), 'signed with a wrong key on purpose')
    case 'tampered':
      return note(await post(tamper(token)), 'tampered with on purpose')
    case 'redirected':
      return note(await postToken({ url, token, method: 'GET' }, policy), 'redirected on purpose')
  }
}

/** What a token says. */
export function claimsIn(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

function note(answer: Answer, text: string): Answer {
  return { ...answer, answer: `(${text}) ${answer.answer}` }
}

function signAgain(token: string): string {
  const input = token.slice(0, token.lastIndexOf('.'))
  const { privateKey } = generateKeyPairSync('ed25519')
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}

function tamper(token: string): string {
  const [header, , signature] = token.split('.')
  const claims = claimsIn(token)
  const changed = JSON.stringify({ ...claims, amount: Number(claims.amount ?? 0) + 1 })
  return `${header}.${Buffer.from(changed).toString('base64url')}.${signature}`
}
