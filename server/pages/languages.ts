import { type Request, type Response, Router } from 'express'
import type { Shop } from '../shop.ts'
import { isLanguage } from '../texts/index.ts'
import { allowOnly, keepLanguage, readForm } from '../web/index.ts'
import * as z from '../zod.ts'

const choice = z.strictObject({
  language: z.string().max(20).refine(isLanguage),
  to: z.string().max(500).optional(),
})

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
  const { language, to } = await readForm(req, choice, (t) => t.languageForm())
  keepLanguage(config, res, language)
  res.redirect(303, pageBefore(config, req, to))
}

/**
 * Returns the path of the page that the buttons were on or, if that answered a form and can't be opened again, the one that
 * it named. An address of another site leads to the storefront.
 */
function pageBefore(config: Shop['config'], req: Request, to: string | undefined): string {
  const [address, base] = to === undefined ? [req.get('Referer') ?? ''] : [to, config.url()]
  if (!URL.canParse(address, base)) return '/'
  const { origin, pathname, search } = new URL(address, base)
  const isOwn = config.origins().includes(origin) && !pathname.startsWith('//')
  return isOwn ? `${pathname}${search}` : '/'
}
