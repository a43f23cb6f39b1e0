import { load } from '../load.ts'
import type { Running } from '../processes.ts'
import { quantile } from '../rounds.ts'

const AT_ONCE = 50

/** Sends the requests, so many at a time: how many a second, how long the slowest in a hundred took, what it cost the server. */
export async function deliver(server: Running, requests: readonly Buffer[], atOnce = AT_ONCE) {
  const before = server.cpuMs()
  const { perSecond, durations } = await load(server.port, requests, atOnce)
  return {
    perSecond,
    p99: quantile(durations, 0.99),
    cpuMs: (server.cpuMs() - before) / requests.length,
  }
}
