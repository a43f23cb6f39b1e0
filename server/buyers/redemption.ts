import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Database, Redemption } from '../../db/index.ts'
import { ShopError } from '../errors.ts'
import { parseIntentId } from '../payments/index.ts'
import { sha256 } from './cookie.ts'

/** 128 bits in hex: it stands in an address that Code's frame decodes and encodes again, so it must be plain. */
const CODE = /^[0-9a-f]{32}$/

export function newRedemptionCode(): { code: string; codeHash: string } {
  const code = randomBytes(16).toString('hex')
  return { code, codeHash: sha256(code) }
}

const redemptionRequest = z.strictObject({ intent: z.string().max(64), code: z.string().max(64) })

/** The body of POST /redemptions. Throws request-invalid. */
export function parseRedemption(body: unknown): { intent: string; code: string } {
  const parsed = redemptionRequest.safeParse(body)
  if (!parsed.success)
    throw new ShopError(
      'request-invalid',
      'A redemption is { "intent", "code" }, both text, and nothing else',
    )
  return { intent: parseIntentId(parsed.data.intent), code: parsed.data.code }
}

/** Makes this buyer a holder of the order. Throws redemption-unknown or redemption-spent. */
export async function redeem(
  db: Pick<Database, 'redeem'>,
  request: { intent: string; code: string; buyer: string; now: number },
): Promise<void> {
  const { intent, code, buyer, now } = request
  assertRedeemable(await db.redeem(intent, hashOf(code), buyer, now))
}

/** Whether the code could be redeemed now; a look at a link uses up nothing. Throws redemption-unknown or redemption-spent. */
export async function assertCodeFits(
  db: Pick<Database, 'findRedemption'>,
  intent: string,
  code: string,
  now: number,
): Promise<void> {
  assertRedeemable(await db.findRedemption(intent, hashOf(code), now))
}

function hashOf(code: string): string {
  if (!CODE.test(code))
    throw new ShopError('redemption-unknown', 'A redemption code is 32 hexadecimal digits')
  return sha256(code)
}

function assertRedeemable(redemption: Redemption): void {
  if (redemption === 'unknown')
    throw new ShopError('redemption-unknown', 'The code does not belong to this order')
  if (redemption === 'spent')
    throw new ShopError('redemption-spent', 'The link was used in three other browsers, or its day is over')
}
