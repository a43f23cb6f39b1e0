import type { Request, Response } from 'express'
import { dismissEvent } from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { merchantOf, spendForm } from '../access/index.ts'
import { formFields, readDeskForm } from '../read-request.ts'
import { type Digest, getEvent, purposeOf, redirectToEvent, showEvent } from './event-page.ts'

const dismissal = z.strictObject(formFields)

/** Takes an event off the list of what needs a look. Throws event-closed if it isn't on that list any more. */
export async function postDismissal(shop: Shop, req: Request<Digest>, res: Response): Promise<void> {
  const { form, reason } = await readDeskForm(req, dismissal)
  if (reason === '') return showEvent(shop, req, res.status(422), true)
  const { digest, verdict } = await getEvent(shop, req)
  await spendForm(shop, req, purposeOf('dismiss', digest), form)
  const { session } = merchantOf(res)
  const action = { what: 'event-dismissed', subject: digest, session, before: { verdict }, after: { reason } }
  if (!(await dismissEvent(shop.db, { digest, reason }, action, shop.clock.now())))
    throw new ShopError('event-closed', (t) => t.eventNotOpen())
  redirectToEvent(res, digest, 'dismissed')
}
