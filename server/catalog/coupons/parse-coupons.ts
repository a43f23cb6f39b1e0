import { DAY_MS } from '../../time.ts'
import * as z from '../../zod.ts'
import { type FaultAt, suggest } from '../explain-fields.ts'
import { Fault, gatherFaults } from '../fault.ts'
import { lineOf, nameAsWritten, parseYaml } from '../parse-yaml.ts'
import type { Product } from '../product.ts'
import { readStrictly } from '../read-strictly.ts'
import type { Coupon, Coupons } from './coupon.ts'
import { isFor, loweredCurrencies, makesFree } from './discount.ts'
import { couponFields } from './fields.ts'

const CODE = /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/i

/** What coupons depend on: the products for sale, the slugs that files have, even faulty ones, and the time. */
export interface Goods {
  /** Milliseconds since 1970 */
  now: number
  products: readonly Product[]
  slugs: readonly string[]
  /** Whether every file has a product. The tags of a faulty file without a good version are unknown. */
  isComplete: boolean
}

/** Parses `coupons.yaml`, in which each coupon is a code with fields below it. Throws Fault. */
export function parseCoupons(source: string, goods: Goods): Coupons {
  if (source.split('\n').every((text) => /^\s*(#|$)/.test(text))) return new Map()
  const yaml = parseYaml(source.replace(/^\uFEFF/, ''), 0, 'SPRING: { off: 20% }')
  const faultAt: FaultAt = (path, message) => new Fault(lineOf(yaml, path), message)
  const codes = Object.keys(yaml.fields)
  const faults = gatherFaults()
  for (const code of codes)
    faults.attempt(() => assertCode({ code, written: nameAsWritten(yaml, code) }, codes, faultAt))
  const schema = z.strictObject(Object.fromEntries(codes.map((code) => [code, couponFields])))
  faults.attempt(() => readStrictly(schema, yaml, 'coupons.yaml', faultAt))
  const coupons = codes.flatMap((code) => {
    const { data } = couponFields.safeParse(yaml.fields[code]) // one by one, since the others are checked further all the same
    return data ? [{ ...NOTHING, ...data, code: code.toUpperCase(), name: code }] : []
  })
  for (const coupon of coupons) faults.attempt(() => assertUsable(coupon, goods, faultAt))
  faults.throwFound()
  return new Map(coupons.map(({ name: _name, ...coupon }) => [coupon.code, coupon]))
}

const NOTHING = { products: undefined, tags: undefined, uses: undefined, from: undefined, until: undefined }

function assertCode(
  { code, written }: { code: string; written: string },
  codes: readonly string[],
  faultAt: FaultAt,
): void {
  if (!CODE.test(written))
    throw faultAt(
      [code],
      `${written} cannot be a code: use 3 to 40 letters from A to Z, digits and hyphens, with at least one letter`,
    )
  if (written.toUpperCase() !== code.toUpperCase())
    throw faultAt([code], `a code must be text: put quotation marks around it, like "${written}":`)
  const twin = codes.find((other) => other.toUpperCase() === code.toUpperCase())
  if (twin !== code)
    throw faultAt(
      [code],
      `${code} is the same code as ${twin}, since buyers may write capital or small letters`,
    )
}

/** `name`: the code as the file has it. A coupon that is over needn't fit the products any more. */
function assertUsable(coupon: Coupon & { name: string }, goods: Goods, faultAt: FaultAt): void {
  if (isOver(coupon, goods.now)) assertLimited(coupon, [], faultAt)
  else assertFitting(coupon, goods, faultAt)
}

function assertFitting(coupon: Coupon & { name: string }, goods: Goods, faultAt: FaultAt): void {
  const { name } = coupon
  const { products, slugs, isComplete } = goods
  const missing = coupon.products?.findIndex((slug) => !slugs.includes(slug)) ?? -1
  if (missing >= 0) {
    const slug = coupon.products?.[missing]
    throw faultAt([name, 'products', missing], `no product has the slug ${slug}${suggest(slug, slugs)}`)
  }
  const tags = [...new Set(products.flatMap((product) => product.tags))]
  const unknown = coupon.tags?.findIndex((tag) => !tags.includes(tag)) ?? -1
  if (isComplete && unknown >= 0) {
    const tag = coupon.tags?.[unknown]
    throw faultAt([name, 'tags', unknown], `no product has the tag ${tag}${suggest(tag, tags)}`)
  }
  assertLimited(coupon, products, faultAt)
  if (isComplete) assertLowering(coupon, products, faultAt)
}

/** Buyers would read that a coupon which lowers no price can't be used. A shop may still have none of what it is for. */
function assertLowering(
  coupon: Coupon & { name: string },
  products: readonly Product[],
  faultAt: FaultAt,
): void {
  const goods = products.filter((product) => isFor(coupon, product))
  if (goods.length === 0 || goods.some((product) => loweredCurrencies(product, coupon).length > 0)) return
  throw faultAt(
    [coupon.name, 'off'],
    `${coupon.name} lowers no price of what it is for: amounts that buyers choose, prices in other currencies, and Code's minimum stay as they are`,
  )
}

/** Whether a coupon's last day is over everywhere: a shop may keep such coupons. */
function isOver({ until }: Coupon, now: number): boolean {
  return until !== undefined && Date.parse(until) + 2 * DAY_MS < now
}

/** What makes something free must be limited, or whoever learns the code could take it as often as they like. */
function assertLimited(
  coupon: Coupon & { name: string },
  products: readonly Product[],
  faultAt: FaultAt,
): void {
  const { name, off, uses } = coupon
  if (uses !== undefined) return
  const free = products.find(
    (product) =>
      isFor(coupon, product) && product.prices.some(({ price, choice }) => !choice && makesFree(price, off)),
  )
  if (!free && !('basisPoints' in off && makesFree(NO_PRICE, off))) return
  throw faultAt(
    [name, 'off'],
    `${name} makes ${free ? free.slug : 'products'} free, so it needs a limit: add uses, like uses: 100`,
  )
}

const NO_PRICE = { hundredths: 1, currency: '' }
