import type { ChildProcess } from 'node:child_process'
import type { JsonWebKey } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { spawnOwned } from '../cleanup.ts'
import { type Running, startShop } from '../processes.ts'

const FILLER = fileURLToPath(new URL('filler.ts', import.meta.url))

/** A built shop, and the process that fills its databases with its own code. */
export interface Build {
  folder: string
  filler: ChildProcess
  keys: Keys
}

/** The commit that this tree is compared with, and this tree. */
export interface Builds {
  old: Build
  new: Build
}

/** The public key for the webhooks that a build's filler signs, as the shop's configuration expects it and as a JWK. */
interface Keys {
  publicKey: string
  jwk: JsonWebKey
}

/** Open orders by their intents; in the same order, the sequencer's webhooks and the buyers' requests for the page. */
export interface AddedOrders {
  ids: string[]
  webhooks: Buffer[]
  pages: Buffer[]
}

type Reply = { result: unknown } | { error: string } | { progress: string }

/** Opens the build in this folder; close it with `closeBuild`. */
export async function openBuild(folder: string): Promise<Build> {
  const tsx = pathToFileURL(join(folder, 'node_modules/tsx/dist/loader.mjs')).href
  const filler = spawnOwned(process.execPath, ['--import', tsx, FILLER], {
    cwd: folder,
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced', // keeps buffers as they are
  })
  await reply(filler)
  return { folder, filler, keys: (await call(filler, 'keys')) as Keys }
}

export function closeBuild({ filler }: Build): void {
  filler.disconnect()
}

/** Returns the URL of a database that does not exist yet. */
export async function freshDatabase({ filler }: Build, name: string): Promise<string> {
  return (await call(filler, 'freshDatabase', name)) as string
}

/** Returns the URL of a database with `orders` orders. */
export async function filledDatabase(
  { filler }: Build,
  orders: number,
  progress: (text: string) => void,
): Promise<string> {
  filler.send({ call: 'filledDatabase', args: [orders] })
  return (await reply(filler, progress)) as string
}

/** Adds `count` unpaid orders, each of another buyer, to a database of this build. */
export async function addOrders({ filler }: Build, url: string, count: number): Promise<AddedOrders> {
  return (await call(filler, 'addOrders', url, count)) as AddedOrders
}

/** Starts the build's shop, with its sequencer elsewhere. */
export function startBuild({ folder, keys }: Build, url: string): Promise<Running> {
  return startShop(url, keys.publicKey, {}, folder)
}

function call(filler: ChildProcess, name: string, ...args: unknown[]): Promise<unknown> {
  filler.send({ call: name, args })
  return reply(filler)
}

/** Resolves with the result of the call in progress. There is only one at a time. */
function reply(filler: ChildProcess, progress: (text: string) => void = () => undefined): Promise<unknown> {
  return new Promise((resolve, reject) => {
    filler.on('message', receive).once('exit', fail)

    function receive(message: Reply): void {
      if ('progress' in message) {
        progress(message.progress)
        return
      }
      filler.off('message', receive).off('exit', fail)
      if ('error' in message) reject(new Error(`The build could not fill its database: ${message.error}`))
      else resolve(message.result)
    }
    function fail(): void {
      reject(new Error('The process that fills the databases of a build has ended.'))
    }
  })
}

/** Does the same for both builds, one after the other. */
export async function each<T>(
  builds: Builds,
  work: (build: Build) => Promise<T>,
): Promise<Record<keyof Builds, T>> {
  return { old: await work(builds.old), new: await work(builds.new) }
}
