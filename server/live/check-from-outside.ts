import { showReport } from '../checks/index.ts'
import { type Config, isTemporary } from '../config/index.ts'
import { pause } from '../running.ts'
import { SECOND_MS } from '../time.ts'
import * as words from './words.ts'

// A temporary name is new, and takes some seconds until it is known everywhere.
const REACHED_WITHIN_MS = { temporary: 30 * SECOND_MS, own: 5 * SECOND_MS }
const CALL_DEADLINE_MS = 5 * SECOND_MS

/**
 * Runs the doctor as soon as the shop answers at its public address. Resolves with whether it is fit for real money. A new name
 * is not known everywhere at once, so this waits for it.
 */
export async function checkFromOutside(
  config: Config,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  say(words.checksStart())
  const isReached = await isReachable(config.url(), signal)
  if (signal.aborted) return false
  if (!isReached) say(words.unreachable(config.url()))
  const { verdict } = await showReport({ config, signal })
  return isReached && verdict !== 'broken' && !signal.aborted
}

async function isReachable(url: string, signal: AbortSignal): Promise<boolean> {
  const until = performance.now() + REACHED_WITHIN_MS[isTemporary(url) ? 'temporary' : 'own']
  while (!signal.aborted && performance.now() < until) {
    if (await answers(url, signal)) return true
    await pause(SECOND_MS, signal)
  }
  return false
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const deadline = AbortSignal.timeout(CALL_DEADLINE_MS)
    const { ok } = await fetch(`${url}/readyz`, { signal: AbortSignal.any([deadline, signal]) })
    return ok
  } catch {
    return false
  }
}
