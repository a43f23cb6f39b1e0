import { startBaseline } from '../../processes.ts'
import { sharedBy } from '../../rounds.ts'
import { deliver } from '../../rows/deliver.ts'
import { addOrders, type Build, type Builds, each, freshDatabase, startBuild } from '../build.ts'
import { type Comparison, compare, type Settings } from '../comparison.ts'
import { inSittings } from '../sittings.ts'

const DELIVERIES = 'webhooks per second, each verified, paid and durable; 50 at a time'

/** Compares durable ingest, also with a server that stores nothing. Each delivery pays an order of its own. */
export async function webhook(builds: Builds, settings: Settings): Promise<Comparison[]> {
  const urls = await each(builds, (build) => freshDatabase(build, 'webhook'))
  const servers = {
    old: () => startBuild(builds.old, urls.old),
    new: () => startBuild(builds.new, urls.new),
    bare: () => startBaseline('webhook.ts', { PUBLIC_JWK: JSON.stringify(builds.new.keys.jwk) }),
  }
  const count = settings.short ? 200 : 6_000
  const requests = sharedBy(2, () => webhooks(builds.new, urls.new, count))
  const results = await inSittings(settings, servers, async (running) => ({
    old: async () => deliver(running.old, await webhooks(builds.old, urls.old, count)),
    new: async () => deliver(running.new, await requests()),
    bare: async () => deliver(running.bare, await requests()),
  }))
  return report(results)
}

async function webhooks(build: Build, url: string, count: number): Promise<Buffer[]> {
  return (await addOrders(build, url, count)).webhooks
}

type Results = Record<'old' | 'new' | 'bare', Awaited<ReturnType<typeof deliver>>[]>

function report({ old, new: ours, bare }: Results): Comparison[] {
  return [
    compare({ row: 'webhook throughput', measured: DELIVERIES, must: ['≥', 1] }, 'perSecond', {
      new: ours,
      old,
    }),
    compare(
      {
        row: 'webhook throughput, against the bare server',
        measured: `${DELIVERIES} / Express and jose, storing nothing`,
        must: ['≥', 1.1],
      },
      'perSecond',
      { new: ours, bare },
    ),
    compare(
      {
        row: 'webhook p99',
        measured: 'latency in ms, 99th percentile of the same deliveries',
        must: ['≤', 1],
      },
      'p99',
      { new: ours, old },
    ),
  ]
}
