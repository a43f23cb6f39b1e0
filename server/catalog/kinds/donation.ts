import type { Goods, Kind, ProductFile } from './kind.ts'
import { chosenPrice } from './rules.ts'

/**
 * Money given for something that everybody may read: nothing is locked, and the buyer chooses the amount. The text after
 * `<!-- more -->` is the thanks.
 */
export const donation: Kind = {
  name: 'donation',
  noun: 'a donation',
  fields: { price: chosenPrice },
  canBuyAgain: true,
  readGoods,
  grants: () => [],
  label: (_product, { kinds }) => kinds.donation.label,
  gets: ({ thanksHtml }, { kinds }) => [thanksHtml ? kinds.donation.getsThanks : kinds.donation.getsReceipt],
  words: ({ kinds }) => kinds.donation,
  isOpenedByPasses: false,
  isText: false,
  previewFades: false,
}

function readGoods(_fields: object, { before, after = [] }: ProductFile): Goods {
  return { preview: before, paid: [], thanks: after }
}
