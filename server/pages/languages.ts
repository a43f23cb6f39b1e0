import { type Request, type Response, Router } from 'express'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { isLanguage } from '../texts/index.ts'
import { allowOnly, keepLanguage, readFields } from '../web/index.ts'
import * as z from '../zod.ts'

const LARGEST_FORM = 256 // bytes
const choice = z.strictObject({ language: z.string().max(20).refine(isLanguage) })

/** Where the footer's buttons lead: a visitor chooses the language of the pages. */
export function languageRoutes(shop: Shop): Router {
  const router = Router()
  router
    .route('/languages')
    .post((req: Request, res: Response) => postLanguage(shop, req, res))
    .all(allowOnly('POST'))
  return router
}

async function postLanguage({ config }: Shop, req: Request, res: Response): Promise<void> {
  const parsed = choice.safeParse(await readFields(req, LARGEST_FORM, true))
  if (!parsed.success) throw new ShopError('request-invalid', (t) => t.languageForm())
  keepLanguage(config, res, parsed.data.language)
  res.redirect(303, pageBefore(req, config.origins()))
}

/** Returns the path of the page that the buttons were on. An address of another site leads to the storefront. */
function pageBefore(req: Request, origins: readonly string[]): string {
  const referrer = req.get('Referer') ?? ''
  if (!URL.canParse(referrer)) return '/'
  const { origin, pathname, search } = new URL(referrer)
  const isOwn = origins.includes(origin) && !pathname.startsWith('//')
  return isOwn ? `${pathname}${search}` : '/'
}
