import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { askOrFail, type Network, NoAnswer } from './network.ts'
import type { Subject } from './subject.ts'

const MOST_ASKED = 2
const ROUNDED_BY_MS = 500 // `Date` has whole seconds, cut off: half of one is the best guess
const NOTICED_MS = 10_000
const HARMFUL_MS = 120_000

/** Compares this machine's clock with the `Date` of other hosts that the configuration names, over https. */
export async function checkClock(subject: Subject): Promise<Finding[]> {
  const hosts = findHosts(subject)
  const lookedAt = `This machine’s clock${hosts.length > 0 ? `, compared with ${hosts.map(hostOf).join(' and ')}` : ''}`
  const offsets = await Promise.all(hosts.map((host) => measureOffset(subject, host)))
  return [
    {
      check: 'clock',
      lookedAt,
      ...judge(
        hosts,
        offsets.filter((offset) => offset !== undefined),
      ),
    },
  ]
}

/** Code's hosts: what stands behind PUBLIC_URL may be this machine itself. */
function findHosts({ config }: Subject): string[] {
  const origins = [config.endpoint, config.elementsUrl].filter((url) => /^https:/.test(url))
  return [...new Set(origins.map((url) => new URL(url).origin))].slice(0, MOST_ASKED)
}

const hostOf = (origin: string) => new URL(origin).host

/** Returns by how many milliseconds this clock is ahead of the host's; undefined if it doesn't tell the time. */
async function measureOffset(
  { network, clock, signal }: { network: Network; clock: Subject['clock']; signal: AbortSignal },
  origin: string,
): Promise<number | undefined> {
  const sentAt = clock.now()
  const answer = await askOrFail(network, `${origin}/`, { method: 'HEAD', signal })
  const told = answer instanceof NoAnswer ? Number.NaN : Date.parse(answer.headers.date ?? '')
  return Number.isNaN(told) ? undefined : (sentAt + clock.now()) / 2 - (told + ROUNDED_BY_MS)
}

function judge(hosts: readonly string[], offsets: readonly number[]): Found {
  if (hosts.length === 0)
    return couldNotCheck(
      'The configuration names no other host that is asked over https. Test money does not depend on the time.',
    )
  const [first, ...others] = offsets
  if (first === undefined)
    return couldNotCheck(
      'None of these hosts told the time, so it is not known whether dates on receipts and in the books are right.',
      'Compare it with another clock yourself.',
    )
  if (others.some((other) => Math.abs(other - first) > NOTICED_MS))
    return couldNotCheck('These hosts tell different times, so one of them is wrong.')
  const off = Math.abs(first)
  if (off <= NOTICED_MS) return fine('It is right, so payments are recorded at the time at which they come.')
  const wrong = `It is ${inWords(off)} ${first > 0 ? 'ahead' : 'behind'}.`
  const todo = 'Let the system set it: timedatectl set-ntp true on most Linux systems.'
  return off <= HARMFUL_MS
    ? lookAtThis(`${wrong} Receipts and your books show a wrong time.`, todo)
    : broken(
        `${wrong} Payments are booked at a wrong time, perhaps on a wrong day, time-limited access ends too early or too late, and certificates may be taken for expired.`,
        todo,
      )
}

function inWords(ms: number): string {
  const [seconds, minutes, hours] = [ms / 1_000, ms / 60_000, ms / 3_600_000].map(Math.round) as [
    number,
    number,
    number,
  ]
  if (minutes < 2) return `${seconds} s`
  return hours < 2 ? `${minutes} min` : `${hours} h`
}
