import type { Config } from '../config/index.ts'
import type { Clock } from '../time.ts'
import { askOrFail, type Network, NoAnswer } from './network.ts'

const MOST_ASKED = 2
const ROUNDED_BY_MS = 500 // `Date` has whole seconds, cut off: half of one is the best guess

/** What other hosts' clocks are asked with */
interface Asking {
  config: Config
  network: Network
  clock: Clock
  signal: AbortSignal
}

/** How this machine's clock compares with those of other hosts. */
export interface ClockLook {
  /** Those that were asked */
  hosts: readonly string[]
  /** By how many milliseconds it is ahead of each that told the time */
  offsets: readonly number[]
}

/** Compares this machine's clock with the `Date` of other hosts that the configuration names, over https. */
export async function lookAtClock(asking: Asking): Promise<ClockLook> {
  const hosts = findHosts(asking.config)
  const offsets = await Promise.all(hosts.map((host) => measureOffset(asking, host)))
  return { hosts, offsets: offsets.filter((offset) => offset !== undefined) }
}

/** Code's hosts: what stands behind PUBLIC_URL may be this machine itself. */
function findHosts(config: Config): string[] {
  const origins = [config.endpoint, config.elementsUrl].filter((url) => /^https:/.test(url))
  return [...new Set(origins.map((url) => new URL(url).origin))].slice(0, MOST_ASKED)
}

/** Returns by how many milliseconds this clock is ahead of the host's; undefined if it doesn't tell the time. */
async function measureOffset(
  { network, clock, signal }: Asking,
  origin: string,
): Promise<number | undefined> {
  const sentAt = clock.now()
  const head = (isUnverified: boolean) =>
    askOrFail(network, `${origin}/`, { method: 'HEAD', signal, isUnverified })
  const verified = await head(false)
  // By a clock that is far off, no certificate is valid. The time is all that is taken from such an answer.
  const answer = verified instanceof NoAnswer && verified.isUntimely ? await head(true) : verified
  const told = answer instanceof NoAnswer ? Number.NaN : Date.parse(answer.headers.date ?? '')
  return Number.isNaN(told) ? undefined : (sentAt + clock.now()) / 2 - (told + ROUNDED_BY_MS)
}
