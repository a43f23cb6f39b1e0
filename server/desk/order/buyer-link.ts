import type { Request, Response } from 'express'
import { findOpenToBuyer, issueLink } from '../../../db/index.ts'
import { newRedemptionCode } from '../../access/index.ts'
import { ShopError } from '../../errors.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import * as z from '../../zod.ts'
import { merchantOf, spendForm } from '../access/index.ts'
import { readDeskForm } from '../read-request.ts'
import { fields } from './fields.ts'
import { MERCHANTS_LINK_HOLDERS, MERCHANTS_LINK_LIFE_MS, showLink } from './show-link.ts'

const buyerLinkForm = z.strictObject({ form: fields.form })

/** What the form that issues a link to everything of a buyer is for. */
export const buyerLinkPurpose = (buyer: string) => `link for buyer ${buyer}`

/** Issues a link to everything that a buyer has, in place of the last such link. Throws order-changed if that is nothing. */
export async function postBuyerLink(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { form } = await readDeskForm(req, buyerLinkForm)
  const { id: buyer } = req.params
  await spendForm(shop, req, buyerLinkPurpose(buyer), form)
  const order = await findOpenToBuyer(shop.db, buyer)
  const link = order === undefined ? undefined : await issue(shop, res, buyer)
  if (order === undefined || !link) throw new ShopError('order-changed', (t) => t.nothingToOpen())
  const { layout, desk } = en
  const from = { href: `/desk/buyers/${buyer}`, title: desk.order.issued.ofBuyer, lang: layout.lang }
  await showLink(shop, req, res, { ...link, order, from })
}

async function issue(
  { db, clock }: Shop,
  res: Response,
  buyer: string,
): Promise<{ code: string; expiresAt: number } | undefined> {
  const now = clock.now()
  const { code, codeHash } = newRedemptionCode()
  const expiresAt = now + MERCHANTS_LINK_LIFE_MS
  const { session } = merchantOf(res)
  const action = { what: 'link-issued', subject: buyer, session, after: { expiresAt } }
  const link = { order: undefined, buyer, codeHash, holdersAllowed: MERCHANTS_LINK_HOLDERS, expiresAt }
  return (await issueLink(db, link, action, now)) === 'issued' ? { code, expiresAt } : undefined
}
