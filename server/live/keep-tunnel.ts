import { pause, type Running, runUntilStopped } from '../running.ts'
import { MINUTE_MS, SECOND_MS } from '../time.ts'
import { startTunnel, type Tunnel, type TunnelPlan } from './tunnel.ts'

const PAUSES = { firstMs: SECOND_MS, longestMs: MINUTE_MS, stableMs: 5 * MINUTE_MS }

/** How long to wait before a tunnel is started again: each time twice as long, until one has been stable for a while. */
export type Pauses = typeof PAUSES

export interface TunnelNews {
  /** It has ended, or could not be started; it is started again after a pause */
  onLost(errors: readonly string[], pauseMs: number): void
  /** It is connected again, maybe under another address. Rejects if that can't be noted. */
  onConnected(url: string): void | Promise<void>
  /** The address could not be noted; that is tried again after a pause, while the tunnel runs */
  onNotNoted(error: Error, pauseMs: number): void
}

interface Keeping {
  plan: TunnelPlan
  news: TunnelNews
  pauses: Pauses
  signal: AbortSignal
  tunnel: Tunnel
  pauseMs: number
}

/** Starts a tunnel again whenever it ends, until it is stopped. */
export function keepTunnel(tunnel: Tunnel, plan: TunnelPlan, news: TunnelNews, pauses = PAUSES): Running {
  return runUntilStopped((signal) =>
    keepRunning({ plan, news, pauses, signal, tunnel, pauseMs: pauses.firstMs }),
  )
}

async function keepRunning(keeping: Keeping): Promise<void> {
  const { signal, pauses } = keeping
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  while (!signal.aborted) {
    const beganAt = performance.now()
    await Promise.race([keeping.tunnel.ended, aborted])
    if (performance.now() - beganAt >= pauses.stableMs) keeping.pauseMs = pauses.firstMs
    await startAgain(keeping)
  }
  await keeping.tunnel.stop()
}

/** Starts the tunnel until it is connected and its address is noted. Whatever fails is tried again: the shop goes on selling. */
async function startAgain(keeping: Keeping): Promise<void> {
  const { plan, news, signal } = keeping
  let isRunning = false
  let error = new Error(keeping.tunnel.lastErrors().join('\n'))
  while (!signal.aborted) {
    if (isRunning) news.onNotNoted(error, keeping.pauseMs)
    else news.onLost(linesOf(error), keeping.pauseMs)
    if (!(await pauseLonger(keeping))) return
    try {
      if (!isRunning) {
        keeping.tunnel = await startTunnel(plan, signal)
        isRunning = true
        keeping.tunnel.ended.then(() => {
          isRunning = false
        })
      }
      return await news.onConnected(keeping.tunnel.url)
    } catch (cause) {
      error = cause as Error
    }
  }
}

/** Waits, twice as long each time. False once the tunnel is to stop. */
function pauseLonger(keeping: Keeping): Promise<boolean> {
  const { pauses, signal, pauseMs } = keeping
  keeping.pauseMs = Math.min(2 * pauseMs, pauses.longestMs)
  return pause(pauseMs, signal)
}

function linesOf({ message }: Error): string[] {
  return message === '' ? [] : message.split('\n')
}
