import type { Request, Response } from 'express'
import type { ListedOrder, OrderFilter } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { LiveStream } from '../../memory.ts'
import type { Shop } from '../../shop.ts'
import { SECOND_MS } from '../../time.ts'
import { logFailure } from '../../web/index.ts'
import { isSignedIn } from '../access/index.ts'
import { readChanges } from './changes.ts'
import { parseOrderQuery } from './filter.ts'
import { matches } from './matches.ts'
import { asLine } from './present.ts'

const MOST_STREAMS = 20
const READ_EVERY_MS = SECOND_MS
const BEAT_EVERY_MS = 15 * SECOND_MS // the listener drops a connection that is silent for 20 s; the page waits for 30
const BEAT = 'event: beat\ndata:\n\n'
const RETRY_MS = 3 * SECOND_MS // after which a browser connects again
const MOST_UNREAD = 256 * 1024 // bytes that a browser has not read yet

/**
 * Opens a stream of server-sent events with the orders that are placed or change from now on, as far as the filter of the
 * address finds them. While there are streams, the database is read once a second for all of them.
 */
export async function openStream(shop: Shop, req: Request, res: Response): Promise<void> {
  const { live, config } = shop
  const { filter } = parseOrderQuery(req.query, config.timeZone)
  if (live.isStopped || live.streams.size >= MOST_STREAMS)
    throw new ShopError('too-many-requests', (t) => t.tooManyStreams(MOST_STREAMS))
  res.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' }) // nginx would wait for more
  if (req.method === 'HEAD') return void res.end()
  if (res.destroyed) return // its browser has left, so `close` won't come any more
  const stream: LiveStream = { req, res, filter, isNew: true, sentAt: performance.now() }
  live.streams.add(stream)
  res.once('close', () => live.streams.delete(stream))
  res.write(`retry: ${RETRY_MS}\n${BEAT}`)
  live.timer ??= setTimeout(takeTurn, READ_EVERY_MS, shop).unref()
}

/** Reads and sends once, and again a second later, for as long as anybody looks. */
async function takeTurn(shop: Shop): Promise<void> {
  const { live } = shop
  if (live.streams.size > 0)
    await sendChanges(shop).then(
      () => noteSuccess(shop),
      (error) => noteFailure(shop, error),
    )
  const goesOn = live.streams.size > 0 && !live.isStopped
  live.timer = goesOn ? setTimeout(takeTurn, READ_EVERY_MS, shop).unref() : undefined
  if (!goesOn) live.recent.clear()
}

function noteSuccess({ live }: Shop): void {
  live.isFailing = false
}

/**
 * Ends all streams: nobody knows what each of them has missed, and a browser that connects again loads the list. One line in the
 * log, however long the database is away.
 */
function noteFailure({ live, log }: Shop, error: Error): void {
  if (!live.isFailing && !live.isStopped)
    logFailure(log, error, {}, 'cannot read the newest orders for the desk; its lists connect again')
  live.isFailing = true
  for (const { res } of live.streams) res.end()
  live.streams.clear()
}

async function sendChanges(shop: Shop): Promise<void> {
  const { recent, changed } = await readChanges(shop)
  for (const stream of [...shop.live.streams]) {
    const news = sortOut(stream.isNew ? recent : changed, stream.filter)
    stream.isNew = false
    const hasNews = news.orders.length > 0 || news.gone.length > 0
    if (hasNews) await sendTo(shop, stream, `event: orders\ndata: ${describe(shop, news)}\n\n`)
    else if (performance.now() - stream.sentAt >= BEAT_EVERY_MS) await sendTo(shop, stream, BEAT)
  }
}

/** What a page has to show, and the orders that its filter no longer finds because their state has changed. */
interface News {
  orders: ListedOrder[]
  gone: ListedOrder[]
}

function sortOut(orders: readonly ListedOrder[], filter: OrderFilter): News {
  const besidesState = { ...filter, state: undefined }
  const gone = orders.filter((order) => !matches(order, filter) && matches(order, besidesState))
  return { orders: orders.filter((order) => matches(order, filter)), gone }
}

/** JSON has no line breaks, which would end the event. */
function describe(shop: Shop, { orders, gone }: News): string {
  const show = (order: ListedOrder) => asLine(shop, order)
  return JSON.stringify({ lines: orders.map(show), gone: gone.map(show) })
}

/** Ends a stream whose browser has been signed out, or doesn't read. */
async function sendTo(shop: Shop, stream: LiveStream, event: string): Promise<void> {
  const { req, res } = stream
  if (res.writableLength > MOST_UNREAD) return void res.destroy()
  const isStillIn = await isSignedIn(shop, req)
  if (res.writableEnded) return // meanwhile, because the shop stops: a write would be an error that nobody handles
  if (!isStillIn) {
    shop.live.streams.delete(stream)
    return void res.end()
  }
  stream.sentAt = performance.now()
  res.write(event)
}
