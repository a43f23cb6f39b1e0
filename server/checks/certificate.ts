import { connect, type PeerCertificate } from 'node:tls'
import { broken, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'
import { blameClock } from './clock.ts'
import { asNoAnswer, NoAnswer, tlsOptions } from './network.ts'
import type { Subject } from './subject.ts'

const HANDSHAKE_WITHIN_MS = 5 * SECOND_MS
const SOON_DAYS = 10 // those who renew by themselves do so a month or more before

/** Whether browsers and Code accept the certificate of the public address, and for how long. `late`: what it means if they don't */
export async function checkCertificate(subject: Subject, url: URL, late: string): Promise<Finding> {
  const shown = await lookAtCertificate(subject, url)
  const problem = shown instanceof NoAnswer ? shown : shown.problem
  return {
    check: 'certificate',
    lookedAt: `The certificate of ${url.host}`,
    ...((await blameClock(subject, [problem])) ??
      (shown instanceof NoAnswer
        ? broken(
            `It cannot be seen: ${shown.message}. ${late}.`,
            'Start the tunnel or proxy, or correct PUBLIC_URL.',
          )
        : judgeCertificate(shown, subject.clock.now(), late))),
  }
}

interface Shown {
  /** Why browsers don't accept it; undefined if they do */
  problem: NoAnswer | undefined
  /** Milliseconds since 1970 */
  endsAt: number
}

/** Accepts any certificate, since the one to look at may be invalid. Nothing is sent on this connection. */
function lookAtCertificate({ network, signal }: Subject, url: URL): Promise<Shown | NoAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ ...tlsOptions(network, url), rejectUnauthorized: false })
    const end = (result: Shown | NoAnswer) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(HANDSHAKE_WITHIN_MS, () => end(new NoAnswer('it did not answer')))
    signal.addEventListener('abort', () => end(new NoAnswer('the checks took too long')), { once: true })
    socket.once('error', (error) => end(asNoAnswer(error)))
    socket.once('secureConnect', () => end(describe(socket.getPeerCertificate(), socket.authorizationError)))
  })
}

function describe({ valid_to }: PeerCertificate, problem: Error | string | null | undefined): Shown {
  const code =
    problem instanceof Error ? ((problem as NodeJS.ErrnoException).code ?? problem.message) : problem
  return {
    problem: code ? asNoAnswer(Object.assign(new Error(code), { code })) : undefined,
    endsAt: Date.parse(valid_to),
  }
}

function judgeCertificate({ problem, endsAt }: Shown, now: number, late: string): Found {
  const days = Math.floor((endsAt - now) / DAY_MS)
  const date = Number.isNaN(endsAt)
    ? 'at an unknown time'
    : `on ${new Date(endsAt).toISOString().slice(0, 10)}`
  if (endsAt <= now)
    return broken(`It ended ${date}. Browsers and Code refuse to connect. ${late}.`, 'Renew it.')
  if (problem !== undefined)
    return broken(
      `Browsers and Code do not accept it: ${problem.message}. ${late}.`,
      'Get one from an authority that browsers trust, such as Let’s Encrypt; Caddy does that by itself.',
    )
  const left = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`
  if (days < SOON_DAYS)
    return lookAtThis(
      `It ends ${date}, in ${left}. From then on, nobody can buy.`,
      'Renew it, and see why that did not happen by itself.',
    )
  return fine(`It is accepted, and ends ${date}, in ${left}.`)
}
