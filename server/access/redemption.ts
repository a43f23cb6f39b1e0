import {
  findHeldOrder,
  findRedemption,
  findWalletLink,
  type Redemption,
  type RedemptionLink,
  redeem,
} from '../../db/index.ts'
import { ShopError } from '../errors.ts'
import { newSecret, sha256 } from '../secrets.ts'
import type { Shop } from '../shop.ts'
import { DAY_MS } from '../time.ts'

/** How many browsers may redeem an order with its wallet's codes, so that a forwarded link runs out. */
export const WALLET_HOLDERS = 3
/** For how long a wallet's code can be redeemed after the payment or, while it is unpaid, after the order */
export const WALLET_LIFE_MS = DAY_MS
/**
 * 128 bits in hex: it stands in an address that Code's frame decodes and encodes again, so it must be plain. Behind it may be a dot
 * or a bracket of the sentence from which somebody has copied the link.
 */
const CODE = /^[0-9a-f]{32}(?![\p{L}\p{N}])/iu

export function newRedemptionCode(): { code: string; codeHash: string } {
  const code = newSecret()
  return { code, codeHash: sha256(code) }
}

/**
 * Redeems a link for this buyer, and returns whether it is for the one order that `id` means, and that is open to them now. A link
 * for all that somebody has is for no single one. Throws redemption-unknown, redemption-spent or access-ended.
 */
export async function redeemLink(shop: Shop, id: string, code: string, buyer: string): Promise<boolean> {
  const request = { ...asRequest(shop, id, code), buyer }
  assertRedeemable(await redeem(shop.db, request))
  const { kind } = await findRedemption(shop.db, request)
  if (kind === 'everything') return false
  const order = await findHeldOrder(shop.db, id, buyer)
  return order !== undefined && !order.isRevoked
}

/**
 * Returns what a link is for. Throws redemption-unknown, redemption-spent or access-ended unless its code could be redeemed now. A
 * look at a link uses up nothing.
 */
export async function lookAtLink(shop: Shop, id: string, code: string): Promise<RedemptionLink['kind']> {
  const { redemption, kind } = await findRedemption(shop.db, {
    ...asRequest(shop, id, code),
    buyer: undefined,
  })
  assertRedeemable(redemption)
  return kind
}

/** Returns whether this buyer has everything already that a link would give: its order, whatever the code is, or what it opened. */
export async function isOpened(shop: Shop, id: string, code: string, buyer: string): Promise<boolean> {
  const { isHeld, opensMore } = await findRedemption(shop.db, { ...toRequest(shop, id, code), buyer })
  return isHeld && !opensMore
}

/** Returns until when the link in the buyer's wallet opens this order in another browser; undefined: it doesn't. */
export function findWalletLinkEnd({ db, clock }: Shop, order: string): Promise<number | undefined> {
  return findWalletLink(db, {
    order,
    now: clock.now(),
    walletLifeMs: WALLET_LIFE_MS,
    walletHolders: WALLET_HOLDERS,
  })
}

function asRequest(shop: Shop, id: string, code: string) {
  if (!CODE.test(code)) throw new ShopError('redemption-unknown', (t) => t.redemptionCodeForm())
  return toRequest(shop, id, code)
}

function toRequest({ clock }: Shop, id: string, code: string) {
  const [plain] = CODE.exec(code) ?? [code]
  return { id, codeHash: sha256(plain.toLowerCase()), now: clock.now(), walletLifeMs: WALLET_LIFE_MS }
}

function assertRedeemable(redemption: Redemption): void {
  if (redemption === 'unknown') throw new ShopError('redemption-unknown', (t) => t.redemptionOfAnother())
  if (redemption === 'ended') throw new ShopError('access-ended', (t) => t.accessEnded())
  if (redemption === 'spent') throw new ShopError('redemption-spent', (t) => t.redemptionUsed())
}
