import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { onExit, spawnOwned } from '../cleanup.ts'
import { filledDatabase, forgetBackups } from '../databases.ts'
import { addOpenOrders, type OpenOrder, sequencerKey, webhookFor } from '../orders.ts'
import { FOLDER, type Running, startShop, together } from '../processes.ts'
import { inTurn, type Measure, ratio, spread, typical } from '../rounds.ts'
import { deliver } from './deliver.ts'
import type { Settings } from './settings.ts'

const ORDERS = 1_000_000
const ORDERS_IN_SHORT = 20_000
const PER_SECOND = 2_000
const AT_ONCE = 50
const SECONDS = 8
const SAMPLE_MS = 50
const LIMIT_MS = 600_000 // ten times as long as a backup of all orders takes
const BACKUPS = join(FOLDER, 'backups')
const WORK = join(BACKUPS, '.unfinished-backup')

/** Measures what a backup of very many orders costs the shop while it takes webhooks. */
export async function backup({ short, rounds, progress }: Settings): Promise<Measure[]> {
  const orders = short ? ORDERS_IN_SHORT : ORDERS
  const count = short ? 200 : PER_SECOND * SECONDS
  const url = await filledDatabase(orders, progress)
  const removeBackups = onExit(() => rmSync(BACKUPS, { recursive: true, force: true }))
  try {
    emptyBackups()
    const webhooks = await together({ shop: () => startShop(url, sequencerKey.publicKey) }, ({ shop }) =>
      inTurn(rounds, progress, {
        alone: async () => deliverSome(shop, await addOpenOrders(url, count)),
        beside: async () => {
          const due = await addOpenOrders(url, count)
          return besideABackup(url, () => deliverSome(shop, due))
        },
      }),
    )
    progress('a backup by the shop itself, of which nobody knows yet')
    forgetBackups(url)
    const whole = await together(
      { shop: () => startShop(url, sequencerKey.publicKey, BY_ITSELF) },
      ({ shop }) => backUpWhole(shop),
    )
    return [reportWebhooks(orders, webhooks), reportMemory(orders, [whole])]
  } finally {
    removeBackups()
  }
}

/** The shop makes no folder that was chosen for it. */
function emptyBackups(): void {
  rmSync(BACKUPS, { recursive: true, force: true })
  mkdirSync(BACKUPS, { recursive: true })
}

const deliverSome = (shop: Running, due: readonly OpenOrder[]) =>
  deliver(shop, due.map(webhookFor), AT_ONCE, PER_SECOND)

const BY_ITSELF = { BACKUP_EVERY: '31d', BACKUP_FOLDER: BACKUPS }

/** Does the work while `npm run backup` copies, checks and packs the database, and then ends that. Throws if it ended before. */
async function besideABackup<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  rmSync(WORK, { recursive: true, force: true }) // the previous round's was killed, and would look like this one's
  const env = {
    PATH: process.env.PATH,
    CODE_MODE: 'sandbox',
    CODE_ENDPOINT: 'http://127.0.0.1:2/v1', // the data of a sandbox is none of the bench's
    DATABASE_URL: databaseUrl,
    BACKUP_FOLDER: BACKUPS,
  }
  const command = spawnOwned(process.execPath, ['scripts/backup.js'], { env, stdio: 'ignore' })
  const ended = new Promise((done) => command.once('exit', done))
  const hasEnded = () => command.exitCode !== null || command.signalCode !== null
  try {
    await until(() => existsSync(join(WORK, 'content/shop.db')) || hasEnded())
    const result = await work()
    if (hasEnded()) throw new Error('The backup ended before the webhooks beside it')
    return result
  } finally {
    command.kill('SIGKILL')
    await ended
  }
}

/** Waits for the shop's own backup. Returns by how much its memory grew meanwhile, at most, in MB. */
async function backUpWhole(shop: Running) {
  emptyBackups()
  let before = shop.memoryMb()
  await until(() => {
    before = shop.memoryMb()
    return existsSync(WORK)
  })
  const [began, cpuBefore] = [performance.now(), shop.cpuMs()]
  let most = before
  await until(() => {
    most = Math.max(most, shop.memoryMb())
    return !existsSync(WORK)
  })
  if (!readdirSync(BACKUPS).some((name) => name.endsWith('.tar.gz'))) throw new Error('There is no backup')
  return {
    grownMb: most - before,
    before,
    seconds: (performance.now() - began) / 1_000,
    cpuMs: shop.cpuMs() - cpuBefore,
  }
}

async function until(isDone: () => boolean): Promise<void> {
  const limit = performance.now() + LIMIT_MS
  while (!isDone()) {
    if (performance.now() > limit) throw new Error(`Not so after ${LIMIT_MS / 60_000} minutes: ${isDone}`)
    await delay(SAMPLE_MS)
  }
}

function reportWebhooks(
  orders: number,
  { alone, beside }: Record<'alone' | 'beside', Awaited<ReturnType<typeof deliver>>[]>,
): Measure {
  return {
    measure: 'webhook latency beside a backup, 99th percentile',
    compared: `${PER_SECOND.toLocaleString('en')} webhooks a second while ${orders.toLocaleString('en')} orders are backed up / the same without`,
    unit: '×',
    ...ratio(beside, alone, 'p99'),
    must: ['≤', 1.5],
    figures: {
      'beside a backup, ms': typical(beside, 'p99'),
      'without, ms': typical(alone, 'p99'),
      'beside a backup, per second': typical(beside, 'perSecond'),
      'without, per second': typical(alone, 'perSecond'),
    },
  }
}

function reportMemory(orders: number, whole: Awaited<ReturnType<typeof backUpWhole>>[]): Measure {
  return {
    measure: 'memory of a backup',
    compared: `the most resident memory while the shop backs up ${orders.toLocaleString('en')} orders by itself, minus what it was before`,
    unit: 'MB',
    ...spread(whole.map(({ grownMb }) => grownMb)),
    must: ['≤', 50],
    figures: {
      'before, MB': typical(whole, 'before'),
      'seconds for the backup': typical(whole, 'seconds'),
      'processor ms for the backup': typical(whole, 'cpuMs'),
    },
  }
}
