import { type Grant, SCOPE_OF_ALL, scopeOfTag } from '../../../db/index.ts'
import * as z from '../../zod.ts'
import type { Product } from '../product.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { ALL, anyPrice, tagOrAll } from './rules.ts'

const MOST_DAYS = 3_660 // ten years

/**
 * Opens the products of a tag, or all of them, for some days. It can be bought again while it runs, which adds its days. The text
 * after `<!-- more -->` is the thanks.
 */
export const pass: Kind = {
  name: 'pass',
  noun: 'a pass',
  fields: {
    price: anyPrice,
    opens: tagOrAll,
    days: z
      .int('must be a whole number of days, like 30')
      .min(1, 'must be at least 1')
      .max(MOST_DAYS, `must be at most ${MOST_DAYS}`),
  },
  canBuyAgain: true,
  readGoods,
  grants,
  label: ({ opens }, { kinds }) => kinds.pass.label(opens?.days ?? 0),
  gets: ({ opens }, { kinds }) => [opens?.tag === undefined ? kinds.pass.getsAll : kinds.pass.getsTagged],
  words: ({ kinds }) => kinds.pass,
  isOpenedByPasses: false,
  isText: false,
  previewFades: false,
}

function readGoods(
  { opens, days }: { opens?: string; days?: number },
  { before, after = [] }: ProductFile,
): Goods {
  return {
    preview: before,
    paid: [],
    thanks: after,
    facts: { opens: { tag: opens === ALL ? undefined : opens, days: days ?? 0 } },
  }
}

function grants({ opens }: Product): Grant[] {
  if (!opens) return []
  return [
    { scope: opens.tag === undefined ? SCOPE_OF_ALL : scopeOfTag(opens.tag), days: opens.days, calls: null },
  ]
}
