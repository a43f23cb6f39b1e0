import type { Running } from '../../processes.ts'
import { deliver } from '../../rows/deliver.ts'
import { addOrders, type Build, type Builds, each, freshDatabase, startBuild } from '../build.ts'
import { type Comparison, compare, type Settings } from '../comparison.ts'
import { figureAgainst } from '../figures.ts'
import { inSittings } from '../sittings.ts'

const BUYERS = 500

/** Compares how fast buyers get the page that they have paid for. */
export async function page(builds: Builds, settings: Settings): Promise<Comparison[]> {
  const urls = await each(builds, (build) => freshDatabase(build, 'page'))
  const servers = {
    old: () => startBuild(builds.old, urls.old),
    new: () => startBuild(builds.new, urls.new),
  }
  const times = settings.short ? 1 : 10
  const results = await inSittings(settings, servers, async (running) => {
    const oldPages = await paidPages(builds.old, urls.old, running.old, times)
    const newPages = await paidPages(builds.new, urls.new, running.new, times)
    return {
      old: () => deliver(running.old, oldPages),
      new: () => deliver(running.new, newPages),
    }
  })
  const description = {
    row: 'gated page',
    measured: `pages per second for ${BUYERS} buyers who hold the product; 50 at a time`,
    must: figureAgainst(settings.commit, 'page', ['≥', 1]),
  }
  return [compare(description, 'perSecond', { new: results.new, old: results.old })]
}

async function paidPages(build: Build, url: string, shop: Running, times: number): Promise<Buffer[]> {
  const { webhooks, pages } = await addOrders(build, url, BUYERS)
  await deliver(shop, webhooks)
  return Array.from({ length: times }, () => pages).flat()
}
