import { join } from 'node:path'
import { Fault } from '../fault.ts'
import { findNamedFile } from '../named-file.ts'
import type { Product } from '../product.ts'
import { readText } from '../read-text.ts'
import { stampOf } from '../stamp.ts'
import type { Coupons } from './coupon.ts'
import { type Goods, parseCoupons } from './parse-coupons.ts'

const FILE = 'coupons.yaml'
const MISNAMED = ['coupons.yml', 'coupons.json']

/** The file with the coupons, as it was last read. */
export interface CouponFile {
  /** Changes when the file is saved, added or removed */
  stamp: string
  /** The products that it was compared with */
  products: readonly Product[]
  /** Whether every product file had a product then */
  isComplete: boolean
  /** The last version without a fault; empty if there was none */
  good: Coupons
  /** What is wrong with the file as it is now: path, line, message */
  faults: readonly string[]
}

/** Reads the file, if it or the products have changed since it was `known`; otherwise returns that. */
export function readCoupons(goods: Goods & { folder: string }, known?: CouponFile): CouponFile {
  const { folder, products, isComplete } = goods
  const stamp = stampOf([FILE, ...MISNAMED].map((name) => join(folder, name)))
  const isUnchanged = known?.stamp === stamp && known.isComplete === isComplete
  if (known && isUnchanged && known.faults.length === 0 && isSame(known.products, products)) return known
  try {
    return { stamp, products, isComplete, good: readFile(goods), faults: [] }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const faults = [fault, ...fault.others].map(
      ({ line, message }) => `${join(folder, FILE)}:${line}: ${message}`,
    )
    return { stamp, products, isComplete, good: known?.good ?? new Map(), faults }
  }
}

function isSame(before: readonly Product[], products: readonly Product[]): boolean {
  return before.length === products.length && before.every((product, at) => product === products[at])
}

function readFile(goods: Goods & { folder: string }): Coupons {
  const path = findNamedFile(goods.folder, FILE, MISNAMED)
  return path ? parseCoupons(readText(path), goods) : new Map()
}
