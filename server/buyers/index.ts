import { type Request, type Response, Router } from 'express'
import type { Database } from '../../db/index.ts'
import type { Config } from '../config/index.ts'
import type { Clock } from '../time.ts'
import {
  addressOf,
  allowOnly,
  limitRate,
  localeOf,
  neverCached,
  readFields,
  sendPrivatePage,
  type Views,
} from '../web/index.ts'
import { createBrowser, sha256 } from './cookie.ts'
import { asReceipt } from './receipt.ts'
import { assertCodeFits, parseRedemption, redeem } from './redemption.ts'

export { asReceipt } from './receipt.ts'
export { assertCodeFits, newRedemptionCode } from './redemption.ts'

const SHOWN_PURCHASES = 200
const READS_FOR_AN_ORDER = 40 // a page that waits looks 40 times a minute, and a download may come in many ranges
const LARGEST_REDEMPTION = 1_024 // bytes

interface Deps {
  config: Pick<Config, 'publicUrl' | 'createIntentPerMinute'>
  db: Pick<Database, 'findBuyer' | 'ensureBuyer' | 'findPurchases' | 'findRedemption' | 'redeem'>
  clock: Clock
  views: Views
}

export type Buyers = ReturnType<typeof createBuyers>

/** Who asks: a buyer is known by a cookie of his browser and by nothing else. */
export function createBuyers({ config, db, clock, views }: Deps) {
  const browser = createBrowser(config)

  /** The buyer of this browser, if it has ever ordered or redeemed anything. */
  async function findBuyer(req: Request): Promise<string | undefined> {
    const secretHash = browser.secretHash(req)
    return secretHash && db.findBuyer(secretHash)
  }

  /** The buyer of this browser, made if need be. Only for a POST: it writes rows. */
  async function ensureBuyer(req: Request, res: Response): Promise<string> {
    return db.ensureBuyer(sha256(browser.ensureSecret(req, res)), clock.now())
  }

  /** Gives the browser its cookie before it needs it, so that two tabs are one buyer. Writes no row. */
  function ensureCookie(req: Request, res: Response): void {
    browser.ensureSecret(req, res)
  }

  /** As many requests a minute as CREATE_INTENT_PER_MINUTE says, for each browser and for each address. */
  function limitBuyers() {
    return limitEach(config.createIntentPerMinute)
  }

  /** The same for what costs less than an order, but not nothing: downloads, and looks at an order, which may ask Code. */
  function limitReaders() {
    return limitEach(config.createIntentPerMinute * READS_FOR_AN_ORDER)
  }

  function limitEach(perMinute: number) {
    return [
      limitRate({ perMinute, key: addressOf, what: 'address' }),
      limitRate({ perMinute, key: browser.secretHash, what: 'browser' }),
    ]
  }

  function routes(): Router {
    const router = Router()

    router
      .route('/redemptions')
      .post(limitBuyers(), async (req: Request, res: Response) => {
        const { intent, code } = parseRedemption(await readFields(req, LARGEST_REDEMPTION, true))
        const known = await findBuyer(req)
        if (!known) await assertCodeFits(db, intent, code, clock.now()) // a stranger's useless code writes no row
        const buyer = known ?? (await ensureBuyer(req, res))
        await redeem(db, { intent, code, buyer, now: clock.now() })
        res.redirect(303, `/success/${intent}`)
      })
      .all(allowOnly('POST'))

    router
      .route('/purchases')
      .get(neverCached, async (req, res) => {
        const buyer = await findBuyer(req)
        if (buyer) ensureCookie(req, res)
        const orders = buyer ? await db.findPurchases(buyer, SHOWN_PURCHASES) : []
        const locale = localeOf(req)
        const purchases = orders.map((order) => asReceipt(order, locale))
        sendPrivatePage(res, views.render('buyers/purchases', { purchases }))
      })
      .all(allowOnly('GET'))

    return router
  }

  return { findBuyer, ensureBuyer, ensureCookie, limitBuyers, limitReaders, routes }
}
