import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PublicKey } from '@code-wallet/keys'
import { Common, SendMessageRequest } from '@code-wallet/rpc'
import Sqlite from 'better-sqlite3'
import { aFreePort } from '../../scripts/support/free-port.js'
import type { Bench, Facts, Fault } from './fault.ts'
import { readBooks } from './support/books.ts'
import { createDisk } from './support/disk.ts'
import { aSandbox, aShop } from './support/processes.ts'
import { type Call, data, readTrace, recorder, target } from './support/trace.ts'
import { atOnce, deliver, mustOrder, type Offer, tokenFor } from './support/traffic.ts'

const DELIVERIES_AT_ONCE = 50
const BUYERS_AT_ONCE = 8

export const powerCut: Fault = {
  name: 'power-cut',
  survives: 'the power fails, and what was not synced is lost: what was answered 200 is paid, and known',
  run,
}

async function run(bench: Bench): Promise<Facts> {
  if (!canRecord())
    throw new Error(
      'strace is not here, or may not trace: install it (Linux only), for without it nothing is measured',
    )
  const folder = bench.folder()
  const trace = join(bench.folder(), 'trace')
  const written = await record(bench, folder, trace)
  bench.say(
    `${written} writes acknowledged, ${Math.round(statSync(trace).size / 1e6)} MB recorded; now the cuts`,
  )
  return replay(bench, folder, trace)
}

function canRecord(): boolean {
  try {
    execFileSync('strace', ['-f', '-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs a shop from its very first start, and answers with how many writes it has acknowledged. */
async function record(bench: Bench, folder: string, trace: string): Promise<number> {
  const [orders, wanted] = bench.short ? [100, 200] : [2_500, 5_000]
  const sandbox = await aSandbox(bench)
  const port = await aFreePort()
  const shop = aShop(bench, { sequencer: sandbox.url, folder, port, under: recorder(trace) })
  await shop.start()
  const unpaid: Offer[] = []
  let acknowledged = 0
  const areOrdered = () => acknowledged >= orders
  const areStored = () => acknowledged >= wanted
  const buying = atOnce(BUYERS_AT_ONCE, areOrdered, async () => {
    unpaid.push(await mustOrder(port))
    acknowledged++
  })
  const delivering = atOnce(DELIVERIES_AT_ONCE, areStored, async () => {
    const offer = unpaid.shift() ?? (await mustOrder(port))
    const { status } = await deliver(port, tokenFor(offer, sandbox))
    bench.check(status === 200, `a delivery was answered ${status}`)
    acknowledged++
  })
  await Promise.all([buying, delivering])
  await shop.kill('SIGKILL')
  return acknowledged
}

/** Follows the recording, and cuts the power at random moments of it. */
async function replay(bench: Bench, folder: string, trace: string): Promise<Facts> {
  const total = await countCalls(folder, trace)
  const cuts = bench.short ? 25 : 150
  const moments = new Set(Array.from({ length: cuts }, () => bench.random.between(1, total)))
  const disk = createDisk(folder)
  const promises = createPromises()
  const found = join(bench.folder(), 'after')
  let calls = 0
  let examined = 0
  let lost = 0

  for await (const call of readTrace(trace)) {
    promises.hear(call)
    if (!disk.take(call) || !moments.has(++calls)) continue
    for (const random of [undefined, bench.random]) {
      disk.cut(found, random)
      lost += examine(bench, join(found, 'data', 'shop-sandbox.db'), promises, calls)
      examined++
    }
    if (examined % 50 === 0) bench.say(`${examined} cuts examined`)
  }
  bench.check(promises.paid.size > 0 && promises.known.size > 0, 'the recording holds no promise')
  return {
    'writes and syncs recorded': total,
    'deliveries acknowledged': promises.paid.size,
    'orders promised': promises.known.size,
    'power cuts': examined,
    lost,
  }
}

async function countCalls(folder: string, trace: string): Promise<number> {
  const disk = createDisk(folder)
  let calls = 0
  for await (const call of readTrace(trace)) if (disk.take(call)) calls++
  return calls
}

/** What the shop has promised so far, as its own words on the network say: read from the same recording. */
function createPromises() {
  const asked = new Map<string, string>()
  /** Intents whose delivery was answered 200 */
  const paid = new Set<string>()
  /** Intents that the sequencer has heard of */
  const known = new Set<string>()

  function hear(call: Call): void {
    const socket = target(call)
    if (!socket.startsWith('socket:')) return
    const bytes = data(call)
    if (call.name === 'read') asked.set(socket, (asked.get(socket) ?? '') + bytes.toString('latin1'))
    else if (bytes.subarray(0, 12).toString() === 'HTTP/1.1 200') answered(socket)
    else sent(bytes)
  }

  function answered(socket: string): void {
    const request = asked.get(socket) ?? ''
    asked.delete(socket)
    if (!request.startsWith('POST /webhook ')) return
    const payload = request.slice(request.indexOf('\r\n\r\n') + 4).split('.')[1] ?? ''
    paid.add(JSON.parse(Buffer.from(payload, 'base64url').toString()).intent)
  }

  function sent(bytes: Buffer): void {
    const name = bytes.indexOf('sendMessage')
    if (name >= 0) known.add(intentOf(bytes))
  }

  return { hear, paid, known }
}

/** A request to the sequencer is written with its head, or alone. */
function intentOf(bytes: Buffer): string {
  const head = bytes.indexOf('\r\n\r\n')
  const { body } = Common.Request.fromBinary(bytes.subarray(head < 0 ? 0 : head + 4))
  const { rendezvousKey } = SendMessageRequest.fromBinary(body)
  return new PublicKey(rendezvousKey?.value ?? new Uint8Array(32)).toBase58()
}

/** Opens what a cut has left, as the next start would, and answers with how many promises are broken. */
function examine(
  bench: Bench,
  file: string,
  { paid, known }: ReturnType<typeof createPromises>,
  moment: number,
): number {
  if (!existsSync(file)) {
    bench.check(
      paid.size + known.size === 0,
      `cut at ${moment}: the database is gone, with ${paid.size} payments`,
    )
    return paid.size + known.size
  }
  try {
    new Sqlite(file).close() // rolls back, or reads the log, as every opening does
    if (paid.size + known.size === 0) return 0 // perhaps not even the tables are there
    const books = readBooks(file)
    const entitled = new Set(books.entitled)
    const lost = [...paid].filter((intent) => !books.paid.has(intent) || !entitled.has(intent))
    const unknown = [...known].filter((intent) => !books.orders.has(intent))
    bench.check(books.isSound, `cut at ${moment}: the database is not sound`)
    bench.check(
      lost.length === 0,
      `cut at ${moment}: ${lost.length} of ${paid.size} acknowledged are not paid`,
    )
    bench.check(
      unknown.length === 0,
      `cut at ${moment}: ${unknown.length} intents of the sequencer are unknown`,
    )
    return lost.length + unknown.length
  } catch (error) {
    bench.check(false, `cut at ${moment}: ${(error as Error).message}`)
    return paid.size + known.size
  }
}
