import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { ShopError } from '../../errors.ts'
import { localDayOf } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import { allowOnly, factsOf, logFailure } from '../../web/index.ts'
import { recordAction, requireExport } from '../access/index.ts'
import { parseOrderQuery } from '../orders/index.ts'
import { csv } from './csv.ts'
import type { Format } from './format.ts'
import { journal } from './journal.ts'
import { jsonLines } from './json-lines.ts'
import { writePages } from './write-pages.ts'

const FORMATS = [csv, jsonLines, journal]
const AT_ONCE = 2 // each takes some 15 MB of memory, and a thread or a connection to the database

/** How many exports are being sent. */
interface Running {
  count: number
}

/** The orders that a filter finds, as files: for a signed-in browser, and for programs with EXPORT_TOKEN. */
export function exportRoutes(shop: Shop): Router {
  const router = Router()
  const running: Running = { count: 0 }
  for (const format of FORMATS)
    router
      .route(`/orders.${format.extension}`)
      .all(requireExport(shop))
      .get((req, res) => sendExport(shop, running, format, req, res))
      .all(allowOnly('GET'))
  return router
}

async function sendExport(
  shop: Shop,
  running: Running,
  format: Format,
  req: Request,
  res: Response,
): Promise<void> {
  const { fields, filter, after } = parseOrderQuery(req.query, shop.config.timeZone)
  const until = shop.clock.now() + 1
  if (req.method === 'HEAD') return void describeFile(shop, format, res).end()
  if (running.count >= AT_ONCE) throw new ShopError('too-many-requests', (t) => t.exportsRunning(AT_ONCE))
  running.count++
  const pages = writePages(shop, { format, filter, after, until })
  try {
    const { value: first = '' } = await pages.next() // what fails until here can still be answered
    await recordAction(shop, res, { what: 'orders-exported', after: { format: format.extension, ...fields } })
    await send(first, pages, describeFile(shop, format, res))
  } catch (error) {
    if (!res.headersSent && !res.destroyed) throw error
    if (!hasLeft(error)) logFailure(shop.log, error as Error, factsOf(req), 'an export was cut short')
  } finally {
    await pages.return()
    running.count--
  }
}

/** Sets the headers of a file to be saved. How long it is, nobody knows yet: a client sees from the last chunk that it is complete. */
function describeFile({ clock, config }: Shop, { extension, mediaType }: Format, res: Response): Response {
  const day = localDayOf(clock.now(), config.timeZone)
  return res.set({
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="orders-${day}.${extension}"`,
  })
}

/** Sends the pages no faster than the client takes them. Rejects when it leaves, or when a page can't be read, and then cuts the connection. */
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
