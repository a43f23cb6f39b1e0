import { setTimeout as delay } from 'node:timers/promises'
import { inTurn } from '../../rounds.ts'
import { REST_MS } from '../../rows/memory.ts'
import { type Build, type Builds, each, freshDatabase, startBuild } from '../build.ts'
import { type Comparison, compare, type Settings } from '../comparison.ts'
import { figureAgainst } from '../figures.ts'

/** Compares the memory that the shops take when they have nothing to do. */
export async function memory(
  builds: Builds,
  { commit, short, sittings, rounds, progress }: Settings,
): Promise<Comparison[]> {
  const urls = await each(builds, (build) => freshDatabase(build, 'memory'))
  const restMs = short ? 500 : REST_MS
  const results = await inTurn(sittings * rounds, progress, {
    old: () => atRest(builds.old, urls.old, restMs),
    new: () => atRest(builds.new, urls.new, restMs),
  })
  const description = {
    row: 'memory at rest, sandbox off',
    measured: `resident, ${restMs} ms after the start, in MB of 1,000,000 bytes`,
    must: figureAgainst(commit, 'memory', ['≤', 1]),
  }
  return [compare(description, 'megabytes', { new: results.new, old: results.old })]
}

async function atRest(build: Build, url: string, restMs: number): Promise<{ megabytes: number }> {
  const running = await startBuild(build, url)
  await delay(restMs)
  const megabytes = running.memoryMb()
  await running.stop()
  return { megabytes }
}
