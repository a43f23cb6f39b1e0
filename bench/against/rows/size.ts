import { spawnSync } from 'node:child_process'
import type { Running } from '../../processes.ts'
import { deliver } from '../../rows/deliver.ts'
import { addOrders, type Build, type Builds, each, filledDatabase, startBuild } from '../build.ts'
import { type Comparison, compare, type Settings } from '../comparison.ts'
import { inSittings } from '../sittings.ts'

const MANY = 10_000_000
const MANY_IN_SHORT = 10_000

/** Compares durable ingest into databases with very many orders. */
export async function size(builds: Builds, settings: Settings): Promise<Comparison[]> {
  const { short, progress } = settings
  const orders = short ? MANY_IN_SHORT : MANY
  const urls = await each(builds, (build) => filledDatabase(build, orders, progress))
  for (const url of Object.values(urls)) dropFromMemory(url, progress)
  const servers = {
    old: () => startBuild(builds.old, urls.old),
    new: () => startBuild(builds.new, urls.new),
  }
  const count = short ? 200 : 4_000
  const results = await inSittings(settings, servers, async (running) => ({
    old: () => pay(builds.old, urls.old, running.old, count),
    new: () => pay(builds.new, urls.new, running.new, count),
  }))
  const description = {
    row: `webhook with ${orders.toLocaleString('en')} orders`,
    measured: 'webhooks per second, each verified, paid and durable; 50 at a time',
    must: ['≥', 1] as const,
  }
  return [compare(description, 'perSecond', { new: results.new, old: results.old })]
}

async function pay(build: Build, url: string, shop: Running, count: number) {
  return deliver(shop, (await addOrders(build, url, count)).webhooks)
}

/** Drops a database from the operating system's memory, or the one filled last would have an advantage. Needs GNU dd. */
function dropFromMemory(url: string, progress: (text: string) => void): void {
  const file = url.replace('sqlite:', '')
  const drop = ['if=/dev/null', `of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0']
  const { status } = spawnSync('dd', drop, { stdio: 'ignore' })
  if (status !== 0) progress('GNU dd is missing, so the database that was filled last has an advantage')
}
