import { addBareOrders, onPostgres, startBarePool } from '../../postgres.ts'
import { sharedBy } from '../../rounds.ts'
import { deliver } from '../../rows/deliver.ts'
import { addOrders, type Builds, startBuild } from '../build.ts'
import { type Comparison, compare, type Settings } from '../comparison.ts'
import { inSittings } from '../sittings.ts'

/** Compares durable ingest on PostgreSQL with a plain pool of `pg`, and with the old build. */
export async function postgres(builds: Builds, settings: Settings): Promise<Comparison[]> {
  const results = await onPostgres(['old', 'new', 'bare'], settings.progress, (urls) =>
    measure(builds, urls, settings),
  )
  if (!results) return []
  const measured = 'webhooks per second, each verified, paid and durable; 50 at a time'
  const { old, new: ours, bare } = results
  return [
    compare(
      {
        row: 'webhook on PostgreSQL, against a plain pool',
        measured: `${measured} / node:http, jose and pg, with a transaction of an INSERT and an UPDATE for each`,
        must: ['≥', 1],
      },
      'perSecond',
      { new: ours, bare },
    ),
    compare({ row: 'webhook on PostgreSQL', measured, must: undefined }, 'perSecond', { new: ours, old }),
  ]
}

function measure(builds: Builds, urls: Record<'old' | 'new' | 'bare', string>, settings: Settings) {
  const servers = {
    old: () => startBuild(builds.old, urls.old),
    new: () => startBuild(builds.new, urls.new),
    bare: () => startBarePool(urls.bare, builds.new.keys.jwk),
  }
  const count = settings.short ? 100 : 6_000
  const orders = sharedBy(2, () => addOrders(builds.new, urls.new, count))
  return inSittings(settings, servers, async (running) => ({
    old: async () => deliver(running.old, (await addOrders(builds.old, urls.old, count)).webhooks),
    new: async () => deliver(running.new, (await orders()).webhooks),
    bare: async () => {
      const { ids, webhooks } = await orders()
      await addBareOrders(urls.bare, ids)
      return deliver(running.bare, webhooks)
    },
  }))
}
