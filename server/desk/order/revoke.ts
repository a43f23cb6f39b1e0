import type { Request, Response } from 'express'
import { type DeskRevocation, restoreAccess, revokeAccess } from '../../../db/index.ts'
import { findWalletLinkEnd } from '../../access/index.ts'
import { ShopError } from '../../errors.ts'
import { rightNow } from '../../local-days.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { formToken, merchantOf, spendForm } from '../access/index.ts'
import { readDeskForm, readQuery } from '../read-request.ts'
import { reportAgain } from '../report-gone.ts'
import { isForDays, isInForce, mayMove } from './as-access.ts'
import { fields } from './fields.ts'
import { type OrderFacts, readOrder } from './read-order.ts'
import { readerOf, showTime, wordsOf } from './reader.ts'
import { type ReasonFault, sendReasonForm } from './reason-form.ts'
import { isFree } from './standing.ts'

const reason = fields.reason
const revokeQuery = z.object({ buyer: fields.id.optional() })
const revokeForm = z.strictObject({ form: fields.form, buyer: fields.id.optional(), reason })
const restoreQuery = z.object({ revocation: fields.id })
const restoreForm = z.strictObject({ form: fields.form, revocation: fields.id, reason })

const revokePurpose = (order: string, buyer: string | undefined) =>
  `revoke ${order} of ${buyer ?? 'everyone'}`
const restorePurpose = (revocation: string) => `restore ${revocation}`

/** Shows the form for ending the access of everyone who has the order, or of one buyer. */
export async function showRevokeForm(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { buyer } = readQuery(req, revokeQuery)
  const facts = await readOrder(shop, req.params.id)
  assertHolder(facts, buyer)
  await sendRevokeForm(shop, req, res, facts, { buyer })
}

async function sendRevokeForm(
  shop: Shop,
  req: Request,
  res: Response,
  facts: OrderFacts,
  { buyer, ...fault }: { buyer: string | undefined } & ReasonFault,
): Promise<void> {
  const form = formToken(shop, req, revokePurpose(facts.order.id, buyer))
  const reader = readerOf(shop, req)
  const { revoke } = wordsOf(reader)
  const words = isFree(facts) ? { ...revoke, everyone: revoke.everyoneFree } : revoke
  const walletLinkEnd = buyer === undefined ? undefined : await findWalletLinkEnd(shop, facts.order.id)
  sendReasonForm(shop, req, res, facts, {
    path: 'revoke',
    form,
    words,
    buyer,
    notes: buyer === undefined && mayMove(facts, reader) ? [revoke.movesLater] : [],
    walletLinkEnd: walletLinkEnd === undefined ? undefined : showTime(walletLinkEnd, reader),
    ...fault,
  })
}

/** Ends access. Throws order-changed if it has ended already. */
export async function postRevocation(shop: Shop, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { form, buyer, reason } = await readDeskForm(req, revokeForm)
  const facts = await readOrder(shop, req.params.id)
  const { id: order, product } = facts.order
  assertHolder(facts, buyer)
  if (reason === '')
    return sendRevokeForm(shop, req, res.status(422), facts, { buyer, isReasonMissing: true })
  await spendForm(shop, req, revokePurpose(order, buyer), form)
  const { session } = merchantOf(res)
  const action = {
    what: 'access-revoked',
    subject: order,
    session,
    before: { access: 'open' },
    after: { buyer, reason },
  }
  const outcome = await revokeAccess(shop.db, { order, buyer, reason }, action, rightNow(shop))
  if (outcome !== 'revoked') throw new ShopError('order-changed', (t) => t.revokedMeanwhile())
  reportAgain(shop, product)
  res.redirect(303, `/desk/orders/${order}?done=revoked`)
}

function assertHolder({ holders }: OrderFacts, buyer: string | undefined): void {
  if (buyer !== undefined && !holders.some((holder) => holder.buyer === buyer))
    throw new ShopError('page-not-found', (t) => t.noHolder())
}

/** Shows the form for giving back what a revocation has ended. */
export async function showRestoreForm(
  shop: Shop,
  req: Request<{ id: string }>,
  res: Response,
): Promise<void> {
  const { revocation: id } = readQuery(req, restoreQuery)
  const facts = await readOrder(shop, req.params.id)
  sendRestoreForm(shop, req, res, facts, { revocation: findRevocation(facts, id) })
}

function sendRestoreForm(
  shop: Shop,
  req: Request,
  res: Response,
  facts: OrderFacts,
  { revocation, ...fault }: { revocation: DeskRevocation } & ReasonFault,
): void {
  const { id, buyer } = revocation
  const form = formToken(shop, req, restorePurpose(id))
  const words = wordsOf(readerOf(shop, req)).restore
  const stays = staysEnded(facts, revocation)
  sendReasonForm(shop, req, res, facts, {
    path: 'restore',
    form,
    words,
    buyer,
    notes: [
      ...(buyer === undefined && isForDays(facts) ? [words.resumes] : []),
      ...(stays ? [words[stays]] : []),
    ],
    revocation: id,
    ...fault,
  })
}

/** Whose access another revocation still ends once this one is restored: this buyer's, or that of some buyers. */
function staysEnded(
  { revocations }: OrderFacts,
  { id, buyer }: DeskRevocation,
): 'buyerStays' | 'someStay' | undefined {
  const others = revocations.filter((one) => one.id !== id && isInForce(one))
  if (buyer === undefined) return others.length > 0 ? 'someStay' : undefined
  return others.some((one) => one.buyer === undefined) ? 'buyerStays' : undefined
}

/** Restores access. Throws order-changed if it was restored meanwhile. */
export async function postRestoration(
  shop: Shop,
  req: Request<{ id: string }>,
  res: Response,
): Promise<void> {
  const { form, revocation, reason } = await readDeskForm(req, restoreForm)
  const facts = await readOrder(shop, req.params.id)
  const { id: order, product } = facts.order
  const revoked = findRevocation(facts, revocation)
  if (reason === '')
    return sendRestoreForm(shop, req, res.status(422), facts, { revocation: revoked, isReasonMissing: true })
  const { buyer, reason: revokedFor } = revoked
  await spendForm(shop, req, restorePurpose(revocation), form)
  const { session } = merchantOf(res)
  const action = {
    what: 'access-restored',
    subject: order,
    session,
    before: { buyer, reason: revokedFor },
    after: { access: 'open', reason },
  }
  const outcome = await restoreAccess(shop.db, { order, revocation, reason }, action, rightNow(shop))
  if (outcome !== 'restored') throw new ShopError('order-changed', (t) => t.restoredMeanwhile())
  reportAgain(shop, product)
  res.redirect(303, `/desk/orders/${order}?done=${staysEnded(facts, revoked) ?? 'restored'}`)
}

function findRevocation({ revocations }: OrderFacts, id: string): DeskRevocation {
  const revocation = revocations.find((one) => one.id === id)
  if (!revocation) throw new ShopError('page-not-found', (t) => t.noRevocation())
  if (!isInForce(revocation)) throw new ShopError('order-changed', (t) => t.restoredMeanwhile())
  return revocation
}
