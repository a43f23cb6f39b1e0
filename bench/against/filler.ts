/**
 * Fills the databases of one build with that build's own code: it runs in the build's folder, imports its `bench/`, and
 * answers the calls that `build.ts` sends over IPC. The exports that it uses must stay as they are, or commits can't be
 * compared any more: `addOpenOrders`, `pageFor`, `sequencerKey` and `webhookFor` of `orders.ts`, `filledDatabase` and
 * `freshDatabase` of `databases.ts`.
 */
import { createPublicKey } from 'node:crypto'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [orders, databases] = await Promise.all(['bench/orders.ts', 'bench/databases.ts'].map(importByPath))

const calls: Record<string, (...args: never[]) => unknown> = {
  keys,
  freshDatabase: databases.freshDatabase,
  filledDatabase: (count: number) =>
    databases.filledDatabase(count, (progress: string) => process.send?.({ progress })),
  addOrders,
}

process.once('disconnect', () => process.exit())
process.on('message', answer)
process.send?.({ result: 'ready' })

function importByPath(path: string) {
  return import(pathToFileURL(resolve(path)).href)
}

async function answer({ call, args }: { call: string; args: never[] }): Promise<void> {
  try {
    process.send?.({ result: await calls[call]?.(...args) })
  } catch (error) {
    process.send?.({ error: (error as Error).stack })
  }
}

function keys() {
  const { publicKey, privateKey } = orders.sequencerKey
  return { publicKey, jwk: createPublicKey(privateKey).export({ format: 'jwk' }) }
}

async function addOrders(url: string, count: number) {
  const added: { id: string }[] = await orders.addOpenOrders(url, count)
  return {
    ids: added.map(({ id }) => id),
    webhooks: added.map(orders.webhookFor),
    pages: added.map(orders.pageFor),
  }
}
