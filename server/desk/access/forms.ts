import type { Request } from 'express'
import * as db from '../../../db/index.ts'
import { ShopError } from '../../errors.ts'
import { hmac, isSameSecret, newSecret } from '../../secrets.ts'
import type { Shop } from '../../shop.ts'
import { HOUR_MS } from '../../time.ts'
import { secretOf } from './cookies.ts'

const FORM_LIFE_MS = 12 * HOUR_MS
const FORM = /^([0-9a-z]{1,12})\.([0-9a-f]{32})\.([0-9a-f]{64})$/ // when, which, and the proof that it is ours

/**
 * Returns a token for a form of this page, which goes into `<input type="hidden" name="form">`. It is good once, in this browser,
 * for this purpose: name what the form does, and to what, such as `refund <payment>`.
 */
export function formToken(shop: Shop, req: Request, purpose: string): string {
  const secret = secretOf(shop, req, 'session')
  if (secret === undefined) throw new TypeError('Only a signed-in browser has forms')
  return makeForm(secret, purpose, shop.clock.now())
}

/** Uses up the token of a form. Throws form-spent, and request-invalid if it isn't this browser's token for this purpose. */
export async function spendForm(shop: Shop, req: Request, purpose: string, token: string): Promise<void> {
  await spendFormOf(shop, secretOf(shop, req, 'session'), purpose, token)
}

/** Makes the token of a form. `secret`: of the browser that gets it. */
export function makeForm(secret: string, purpose: string, now: number): string {
  const [when, which] = [now.toString(36), newSecret()]
  return `${when}.${which}.${proofOf(secret, purpose, when, which)}`
}

/** Uses up a form of the browser with this secret. */
export async function spendFormOf(
  shop: Shop,
  secret: string | undefined,
  purpose: string,
  token: string,
): Promise<void> {
  const [, when = '', which = '', proof] = FORM.exec(token) ?? []
  if (secret === undefined || !isSameSecret(proof, proofOf(secret, purpose, when, which)))
    throw new ShopError('request-invalid', (t) => t.formOfAnother())
  const now = shop.clock.now()
  const isOutdated = Number.parseInt(when, 36) <= now - FORM_LIFE_MS
  if (isOutdated || !(await db.spendForm(shop.db, which, now, FORM_LIFE_MS)))
    throw new ShopError('form-spent', (t) => t.formSpent())
}

function proofOf(secret: string, purpose: string, when: string, which: string): string {
  return hmac(secret, `${when}.${which}.${purpose}`)
}
