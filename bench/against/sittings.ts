import { type Running, together } from '../processes.ts'
import { inTurn } from '../rounds.ts'
import type { Settings } from './comparison.ts'

/**
 * Measures in several sittings, each with newly started servers and a warm-up round: what a process happens to compile and
 * where its memory happens to be stays the same for its whole life, and may make it faster or slower than another one of the
 * same build. Returns the results of each side, in the order of the rounds.
 */
export async function inSittings<Server extends string, Side extends string, T>(
  { sittings, rounds, progress }: Settings,
  servers: Record<Server, () => Promise<Running>>,
  prepare: (running: Record<Server, Running>) => Promise<Record<Side, () => Promise<T>>>,
): Promise<Record<Side, T[]>> {
  const results: Partial<Record<Side, T[]>> = {}
  for (let sitting = 1; sitting <= sittings; sitting++) {
    progress(`sitting ${sitting} of ${sittings}`)
    const sides = await together(servers, async (running) => inTurn(rounds, progress, await prepare(running)))
    for (const side of Object.keys(sides) as Side[])
      results[side] = [...(results[side] ?? []), ...sides[side]]
  }
  return results as Record<Side, T[]>
}
