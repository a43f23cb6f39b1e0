import type { Arrival } from '../../db/index.ts'
import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { SECOND_MS } from '../time.ts'
import { isLoopback, isPublic } from './addresses.ts'
import { type Answer, NoAnswer } from './network.ts'
import { problemOf } from './own-answer.ts'
import { findAddresses, type Subject } from './subject.ts'

/** An address that belongs to nobody (RFC 5737). */
export const FORGED_CLIENT = '203.0.113.7'

/** What has become of a probe that was posted. */
export interface RoundTrip {
  answer: Answer | NoAnswer
  arrival: Arrival | undefined
}

const CODE_WAITS_MS = 3 * SECOND_MS
const CODE_SENDS_AGAIN_MS = SECOND_MS

/** What was posted, and what it means for payments if webhooks don't come that way. */
interface Expected {
  publicUrl: string
  type: string
  late: string
}

/** Judges what has become of a delivery. */
export function judgeArrival({ answer, arrival }: RoundTrip, expected: Expected): Found {
  const { publicUrl, type, late } = expected
  if (answer instanceof NoAnswer)
    return broken(
      `${arrival ? 'It arrived, but no complete answer came back' : 'Nothing came back'}: ${answer.message}. Code cannot deliver webhooks. ${late}`,
      `Make ${publicUrl} lead to this shop: start the tunnel or proxy, and see its log.`,
    )
  if (answer.status >= 300 && answer.status < 400)
    return broken(
      `The answer is a redirect to ${answer.headers.location}. Code follows it, takes the answer of that page for the shop’s, and never sends the payment again. ${late}`,
      'Let the proxy pass POST /webhook on as it is, or set PUBLIC_URL to the address that it leads to.',
    )
  if (arrival && (arrival.method !== 'POST' || arrival.contentType !== type))
    return broken(
      `It was sent as POST with ${type}, and arrived as ${arrival.method} with ${arrival.contentType || 'no type'}. The shop rejects Code’s webhooks then. ${late}`,
      'Let the proxy pass method and headers on as they are.',
    )
  const problem = problemOf(answer)
  if (!arrival && problem !== undefined && problem !== REFUSAL)
    return broken(
      `A shop answered “${problem}” (HTTP status ${answer.status}), which it does not answer to a delivery that arrives as it was sent. Code cannot deliver webhooks. ${late}`,
      'Let the proxy pass method, headers and body on as they are, and see the shop’s log.',
    )
  if (problem !== REFUSAL || answer.status !== 401) return describeStranger(answer, arrival, expected)
  if (!arrival)
    return broken(
      `A shop answered as it should, but not for this delivery: the body was changed on the way, or another shop, or one with another database, is at that address. ${late}`,
      'Make sure that the tunnel or proxy leads to the port of this shop, and changes no body.',
    )
  return judgeTime(answer.ms, arrival, late)
}

function judgeTime(ms: number, { length, contentType }: Arrival, late: string): Found {
  const came = `It arrived as it was sent (POST, ${contentType}, ${length} bytes), and was rejected like any other that Code has not signed, in ${Math.round(ms)} ms.`
  if (ms >= CODE_WAITS_MS)
    return broken(
      `${came} Code waits for 3 s only, and counts that as a failure. ${late}`,
      'Find what is slow: the tunnel, the proxy, or this machine.',
    )
  if (ms >= CODE_SENDS_AGAIN_MS)
    return lookAtThis(
      `${came} After 1 s, Code sends a webhook again, and after 3 s it gives up. No payment is counted twice, but there is little left.`,
      'Find what is slow: the tunnel, the proxy, or this machine.',
    )
  return fine(`${came} Code waits for 3 s, so it can tell the shop of each payment at once.`)
}

const REFUSAL = 'event-not-trusted' // the shop's answer to a delivery that Code hasn't signed

function describeStranger(
  { status, headers }: Answer,
  arrival: Arrival | undefined,
  { publicUrl, late }: Expected,
): Found {
  const server = headers.server ? ` by ${headers.server}` : ''
  return broken(
    arrival
      ? `It arrived, but the answer was changed on the way (HTTP status ${status}${server}), so Code may take a webhook for delivered that was not, or the other way round.`
      : `The answer (HTTP status ${status}${server}) is not the shop’s. Something else is at that address, or stands in the way and keeps programs out. Code cannot deliver webhooks. ${late}`,
    `Make ${publicUrl} lead to this shop, and let programs in: no page that asks whether a visitor is human, no password.`,
  )
}

/** Judges from which IP address the shop believes that the delivery came. */
export async function judgeClient(
  subject: Subject,
  publicUrl: string,
  { client, peer }: Arrival,
): Promise<Finding> {
  return {
    check: 'client-address',
    lookedAt: `The IP address that the shop saw; X-Forwarded-For was forged as ${FORGED_CLIENT}`,
    ...(await judgeAddress(subject, publicUrl, { client, peer })),
  }
}

async function judgeAddress(
  subject: Subject,
  publicUrl: string,
  { client, peer }: Pick<Arrival, 'client' | 'peer'>,
): Promise<Found> {
  const addresses = await findAddresses(subject, publicUrl)
  if (client === FORGED_CLIENT && !(addresses instanceof NoAnswer) && addresses.every(isLoopback))
    return couldNotCheck(
      `The shop believed it. But the name leads to ${addresses.join(', ')} on this machine, so the proxy took the request for one of its own, and may believe no other client. Whether it does is not known.`,
      'Remove the name from /etc/hosts, and run this again.',
    )
  if (client === FORGED_CLIENT)
    return broken(
      'The shop believed it. Each client can choose its own IP address and so evade the rate limits: one of them can place any number of orders.',
      peer && isPublic(peer)
        ? 'Set TRUST_PROXY to the proxy’s address, and let no one reach the shop past the proxy.'
        : 'Let the proxy replace X-Forwarded-For or append to it, as docs/going-live.md shows, and set TRUST_PROXY to the proxies’ addresses instead of a number.',
    )
  const isForEveryone = !(addresses instanceof NoAnswer) && addresses.some(isPublic)
  if (isPublic(client) || !isForEveryone)
    return fine(
      `The shop saw ${client}, and did not believe the forged one. Each buyer has a rate limit of their own.`,
    )
  return broken(
    `The shop saw ${client}, which is an address of this machine or of a private network, for a request that came over the internet. All buyers share one rate limit, so that a busy hour, or one client, locks the others out.`,
    client === peer
      ? `Set TRUST_PROXY=${isLoopback(peer) ? 'loopback' : peer}, which is where the tunnel or proxy connects from. If it is set, let the proxy send X-Forwarded-For.`
      : 'Add the address of the inner proxy to TRUST_PROXY. If this machine and the proxy are in one network, another way in may be right all the same.',
  )
}
