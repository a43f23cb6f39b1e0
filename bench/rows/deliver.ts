import { load } from '../load.ts'
import type { Running } from '../processes.ts'
import { quantile } from '../rounds.ts'

const AT_ONCE = 50

/** Sends the requests, `atOnce` at a time. Returns their rate, the 99th percentile of their latency in ms, and the server's processor time per request. */
export async function deliver(
  server: Running,
  requests: readonly Buffer[],
  atOnce = AT_ONCE,
  perSecondAtMost?: number,
) {
  const before = server.cpuMs()
  const { perSecond, durations } = await load(server.port, requests, atOnce, perSecondAtMost)
  return {
    perSecond,
    p99: quantile(durations, 0.99),
    cpuMs: (server.cpuMs() - before) / requests.length,
  }
}
