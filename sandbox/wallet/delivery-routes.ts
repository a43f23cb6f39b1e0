import { type Request, type RequestHandler, type Response, Router } from 'express'
import { allowOnly } from '../answer-problem.ts'
import { Problem } from '../errors.ts'
import type { Remedies } from '../events.ts'
import type { Deliveries } from '../state/index.ts'
import { fieldsOf, isForm, parseBody } from './body.ts'
import { checkWebhook } from './check-webhook.ts'
import { presentDelivery } from './present.ts'
import type { Wallet } from './wallet.ts'

const LISTED = 100

interface Deps {
  wallet: Wallet
  deliveries: Deliveries
  allowsWebhookTo(url: URL): boolean
  remedies: Remedies
}

/** Lists webhooks with their attempts, resends one, and sends test events. */
export function deliveryRoutes(
  { wallet, deliveries, allowsWebhookTo, remedies }: Deps,
  guard: RequestHandler,
): Router {
  const router = Router()

  router.all('/deliveries{/*rest}', guard)

  router.get('/deliveries', (_req, res) => {
    res.json(deliveries.list(LISTED).map(presentDelivery))
  })
  router.post('/deliveries/test', parseBody, async (req: Request, res: Response) => {
    const url = readUrl(fieldsOf(req))
    await checkWebhook({ allowsWebhookTo, remedies }, url)
    answer(req, res, wallet.sendTestEvent(url))
  })
  router.post('/deliveries/:id/repeat', parseBody, (req: Request<{ id: string }>, res: Response) => {
    answer(req, res, wallet.repeat(readId(req.params.id)))
  })

  router.all('/deliveries', allowOnly('GET'))
  router.all(['/deliveries/test', '/deliveries/:id/repeat'], allowOnly('POST'))

  function answer(req: Pick<Request, 'get' | 'baseUrl'>, res: Response, id: number): void {
    const delivery = deliveries.find(id)
    if (isForm(req)) res.redirect(303, `${req.baseUrl}/#deliveries`)
    else res.status(202).json(delivery && presentDelivery(delivery))
  }

  return router
}

function readUrl({ url }: Record<string, unknown>): string {
  if (typeof url === 'string') return url
  throw new Problem(400, 'url must be the URL of a webhook.')
}

function readId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new Problem(
    400,
    `${text.slice(0, 20)} is not a delivery: deliveries are identified by whole numbers.`,
  )
}
