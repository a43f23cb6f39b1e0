import { broken, couldNotCheck, type Finding, type Found, fine, lookAtThis } from '../finding.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { NoAnswer } from './network.ts'
import type { Subject } from './subject.ts'

const NOTICED_MS = 10_000
const HARMFUL_MS = 120_000

/** Compares this machine's clock with those of Code's hosts. */
export async function checkClock(subject: Subject): Promise<Finding[]> {
  const { hosts, offsets } = await subject.clockLook()
  const lookedAt = `This machine’s clock${hosts.length > 0 ? `, compared with ${hosts.map(hostOf).join(' and ')}` : ''}`
  return [{ check: 'clock', lookedAt, ...judge(hosts, offsets) }]
}

/** Returns what to say of answers that failed by a certificate which is not valid now, if that is this machine's clock's fault. */
export async function blameClock(subject: Subject, answers: readonly unknown[]): Promise<Found | undefined> {
  if (!answers.some((answer) => answer instanceof NoAnswer && answer.isUntimely)) return undefined
  const { offsets } = await subject.clockLook()
  return offsets.some((offset) => Math.abs(offset) > HARMFUL_MS)
    ? couldNotCheck(
        'This machine’s clock is wrong, so it takes valid certificates for invalid ones; see the finding about the clock.',
        'Set the clock, and run this again.',
      )
    : undefined
}

const hostOf = (origin: string) => new URL(origin).host

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
  const count = (unitMs: number) => Math.round(ms / unitMs)
  if (ms < 90 * SECOND_MS) return `${count(SECOND_MS)} s`
  if (ms < 2 * HOUR_MS) return `${count(MINUTE_MS)} min`
  return ms < 2 * DAY_MS ? `${count(HOUR_MS)} h` : `${count(DAY_MS)} days`
}
