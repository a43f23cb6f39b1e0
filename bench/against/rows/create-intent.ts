import { httpRequest } from '../../load.ts'
import { PRODUCT } from '../../order-tables.ts'
import { type Running, startShop } from '../../processes.ts'
import { deliver } from '../../rows/deliver.ts'
import { onSandbox } from '../../sandbox.ts'
import { type Builds, each, freshDatabase } from '../build.ts'
import { type Comparison, compare, type Settings } from '../comparison.ts'
import { inSittings } from '../sittings.ts'

const AT_ONCE = 20
const JSON_BODY = { 'Content-Type': 'application/json' }
const ORDER = httpRequest('POST', '/create-intent', JSON_BODY, JSON.stringify({ product: PRODUCT }))

/** Compares how fast orders are made, each for a new buyer. Both shops use the same sandbox, the one of this tree. */
export function createIntent(builds: Builds, settings: Settings): Promise<Comparison[]> {
  return onSandbox((sandbox) => measure(builds, sandbox, settings))
}

async function measure(builds: Builds, sandbox: Running, settings: Settings): Promise<Comparison[]> {
  const base = `http://127.0.0.1:${sandbox.port}`
  const { publicKey } = (await (await fetch(`${base}/key`)).json()) as { publicKey: string }
  const env = { CODE_ENDPOINT: `${base}/v1` }
  const urls = await each(builds, (build) => freshDatabase(build, 'create-intent'))
  const servers = {
    old: () => startShop(urls.old, publicKey, env, builds.old.folder),
    new: () => startShop(urls.new, publicKey, env, builds.new.folder),
  }
  const requests = Array<Buffer>(settings.short ? 100 : 2_000).fill(ORDER)
  const results = await inSittings(settings, servers, async (running) => ({
    old: () => deliver(running.old, requests, AT_ONCE),
    new: () => deliver(running.new, requests, AT_ONCE),
  }))
  const description = {
    row: 'create-intent',
    measured: `orders per second, each stored, created and registered; ${AT_ONCE} at a time`,
    must: ['≥', 1] as const,
  }
  return [compare(description, 'perSecond', { new: results.new, old: results.old })]
}
