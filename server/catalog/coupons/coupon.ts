import type { Money } from '../../../money/index.ts'

/** A code that lowers prices, as `coupons.yaml` describes it. */
export interface Coupon {
  /** In capital letters; buyers may write it in any */
  code: string
  /** What it takes off: a share, in hundredths of a percent, or an amount */
  off: { basisPoints: number } | Money
  /** Slugs of the products that it is for; undefined: all, or those with its tags */
  products: readonly string[] | undefined
  tags: readonly string[] | undefined
  /** How many orders may use it; undefined: any number */
  uses: number | undefined
  /** The first and the last local day on which it can be used, like `2026-02-28` */
  from: string | undefined
  until: string | undefined
}

/** All coupons, by code. */
export type Coupons = ReadonlyMap<string, Coupon>

/** Finds a coupon by what a buyer typed. */
export function findCoupon(coupons: Coupons, typed: string): Coupon | undefined {
  return coupons.get(typed.trim().toUpperCase())
}

/** Lists all coupons, in the order of the file. */
export function listCoupons(coupons: Coupons): readonly Coupon[] {
  return [...coupons.values()]
}

/** Returns whether a coupon can be used on this local day, like `2026-02-28`. */
export function isValidOn({ from, until }: Coupon, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until)
}
