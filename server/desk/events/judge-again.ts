import type { Request, Response } from 'express'
import { findEvent, type InboxEvent, type VerifiedEvent } from '../../../db/index.ts'
import { verifyEvent } from '../../code/index.ts'
import { ShopError } from '../../errors.ts'
import { settleAgain } from '../../orders/index.ts'
import type { Shop } from '../../shop.ts'
import * as z from '../../zod.ts'
import { recordAction, spendForm } from '../access/index.ts'
import { formFields, readDeskForm } from '../read-request.ts'
import { type Digest, getEvent, type Outcome, purposeOf, redirectToEvent } from './event-page.ts'

const judgement = z.strictObject({ form: formFields.form })

/** Verifies a stored token with today's keys, and settles it as if it were delivered now. */
export async function postJudgement(shop: Shop, req: Request<Digest>, res: Response): Promise<void> {
  const { form } = await readDeskForm(req, judgement)
  const event = await getEvent(shop, req)
  await spendForm(shop, req, purposeOf('judge', event.digest), form)
  const verified = await verifyAgain(shop, event)
  redirectToEvent(
    res,
    event.digest,
    verified ? await judge(shop, res, event, verified) : await refuse(shop, res, event),
  )
}

/** Returns undefined for a token that none of today's keys has signed: keys may have been changed since. */
async function verifyAgain({ code }: Shop, { jws }: InboxEvent): Promise<VerifiedEvent | undefined> {
  try {
    return await verifyEvent(code.keys, jws)
  } catch (error) {
    if (error instanceof ShopError) return undefined
    throw error
  }
}

async function judge(
  shop: Shop,
  res: Response,
  { digest, verdict: before }: InboxEvent,
  verified: VerifiedEvent,
): Promise<Outcome> {
  await settleAgain(shop, verified, before)
  const { verdict: after = before } = (await findEvent(shop.db, digest)) ?? {}
  await recordAction(shop, res, {
    what: 'event-judged-again',
    subject: digest,
    before: { verdict: before },
    after: { verdict: after },
  })
  return after === before ? 'unchanged' : 'changed'
}

async function refuse(shop: Shop, res: Response, { digest, verdict }: InboxEvent): Promise<Outcome> {
  await recordAction(shop, res, { what: 'event-not-verified', subject: digest, before: { verdict } })
  return 'untrusted'
}
