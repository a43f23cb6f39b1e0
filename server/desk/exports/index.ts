import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { findNewestTime, isTooShort, type OrderFilter } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import { localDayOf } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly, factsOf, logFailure } from '../../web/index.ts'
import { recordAction, requireExport } from '../access/index.ts'
import { parseOrderQuery, READ_ORDERS } from '../orders/index.ts'
import type { Days } from './format.ts'
import type { Export, ExportedFile } from './write-orders.ts'

const CSV = 'text/csv; charset=utf-8; header=present'
const TYPES: Record<ExportedFile, string> = {
  'orders.csv': CSV,
  'orders.jsonl': 'application/jsonl; charset=utf-8',
  'orders.journal': 'text/plain; charset=utf-8',
  'transactions.csv': CSV,
}
const WRITER = new URL(`./write-orders${extname(import.meta.url)}`, import.meta.url) // .ts, or .js in the build
const AT_ONCE = 2 // each takes some 25 MB of memory, and a thread or a connection to the database

/** How many exports are being sent. */
interface Running {
  count: number
}

/** The orders that a filter finds, as files: for a signed-in browser, and for programs with EXPORT_TOKEN. */
export function exportRoutes(shop: Shop): Router {
  const router = Router()
  const running: Running = { count: 0 }
  for (const file of Object.keys(TYPES) as ExportedFile[])
    router
      .route(`/${file}`)
      .all(requireExport(shop))
      .get((req, res) => sendExport(shop, running, file, req, res))
      .all(allowOnly('GET'))
  return router
}

async function sendExport(
  shop: Shop,
  running: Running,
  file: ExportedFile,
  req: Request,
  res: Response,
): Promise<void> {
  const { db, clock, config } = shop
  const { fields, filter: asked, after } = parseOrderQuery(req.query, config.timeZone)
  const { filter, ...days } = choose(file, asked)
  if (req.method === 'HEAD') return void describeFile(shop, file, res).end()
  if (await isTooShort(db, filter, READ_ORDERS))
    throw new ShopError('request-invalid', (t) => t.exportSearch())
  const until = Math.max(clock.now(), await findNewestTime(db)) + 1 // another instance's clock may be ahead
  if (running.count >= AT_ONCE) throw new ShopError('too-many-requests', (t) => t.exportsRunning(AT_ONCE))
  running.count++
  const { mode, timeZone, journalAccounts } = config
  const setting = { mode, timeZone, journalAccounts, ...days }
  const argument: Export = { file, setting, filter, after, until, read: READ_ORDERS }
  const pages = db.streamText({ url: WRITER, argument })
  try {
    const { value: first } = await pages.next() // what fails until here can still be answered
    await recordAction(shop, res, { what: 'orders-exported', after: { file, ...fields } })
    await send(first ?? '', pages, describeFile(shop, file, res))
  } catch (error) {
    if (!res.headersSent && !res.destroyed) throw error
    if (!hasLeft(error)) logFailure(shop.log, error as Error, factsOf(req), 'an export was cut short')
  } finally {
    await pages.return().finally(() => running.count--)
  }
}

/**
 * In transactions.csv, days are those of payments and refunds: an order of any earlier day may have some. So may one of a later day,
 * if the clock was ahead when it was placed.
 */
function choose(file: ExportedFile, filter: OrderFilter): Pick<Export, 'filter'> & Days {
  if (file !== 'transactions.csv') return { filter }
  const { from, before, ...others } = filter
  return { filter: others, transactionsFrom: from, transactionsBefore: before }
}

/**
 * Sets the headers of a file to be saved. How long it will be isn't known yet: a client sees from the last chunk that it is
 * complete.
 */
function describeFile({ clock, config }: Shop, file: ExportedFile, res: Response): Response {
  const day = localDayOf(clock.now(), config.timeZone)
  const [name, extension] = file.split('.')
  return res.set({
    'Content-Type': TYPES[file],
    'Content-Disposition': `attachment; filename="${name}-${day}.${extension}"`,
  })
}

/** Sends the pages no faster than the client takes them. If it leaves, or a page can't be read, cuts the connection and rejects. */
async function send(first: string, pages: AsyncIterable<string>, res: Response): Promise<void> {
  await pipeline(async function* () {
    yield first
    for await (const page of pages) {
      if (page === '') keepOpen(res)
      yield page
    }
  }, res)
}

/** The server closes connections on which nothing moves. Here it is the shop that works, and finds nothing for a while. */
function keepOpen({ socket }: Response): void {
  if (socket?.timeout) socket.setTimeout(socket.timeout)
}

function hasLeft(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE'
}
