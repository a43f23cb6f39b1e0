import type { Request } from 'express'
import type { Product } from '../catalog/index.ts'
import { ShopError } from '../errors.ts'
import type { Language } from '../texts/index.ts'

const SHOWN_AT_ONCE = 60 // cards
const NUMBER = /^[1-9]\d{0,5}$/

/** One page of a list of products. */
export interface ProductPage {
  products: readonly Product[]
  /** Counted from 1 */
  number: number
  count: number
}

/** Reads which page of these products a request asks for, by `?page=2`. Throws page-not-found if there is no such page. */
export function readPage({ query }: Request, all: readonly Product[]): ProductPage {
  const count = Math.max(1, Math.ceil(all.length / SHOWN_AT_ONCE))
  const number = query.page === undefined ? 1 : NUMBER.test(String(query.page)) ? Number(query.page) : 0
  if (number < 1 || number > count) throw new ShopError('page-not-found', (t) => t.noSuchPage())
  const from = (number - 1) * SHOWN_AT_ONCE
  return { products: all.slice(from, from + SHOWN_AT_ONCE), number, count }
}

/** The address of a page of the list at `path`. */
export function pathOf(path: string, number: number): string {
  return number === 1 ? path : `${path}?page=${number}`
}

/** The links to the pages before and after; undefined if everything is on one page. */
export function asPaging(path: string, { number, count }: ProductPage, { texts }: Language) {
  if (count === 1) return undefined
  return {
    where: texts.paging.where(number, count),
    before: number > 1 ? pathOf(path, number - 1) : undefined,
    after: number < count ? pathOf(path, number + 1) : undefined,
  }
}
