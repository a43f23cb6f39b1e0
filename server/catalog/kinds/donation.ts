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
  label: () => 'Donation',
  gets: ({ thanksHtml }) => [
    `${thanksHtml ? 'A thank-you and a receipt' : 'A receipt'}, right after the payment`,
  ],
  offer: {
    heading: 'Give what you like',
    promises: ['No account needed', 'As often as you like'],
    lastStep: 'That’s it. Your receipt appears right here.',
  },
  previewFades: false,
  paid: { before: 'Your donation has arrived: ', after: '.', link: 'Back to its page' },
}

function readGoods(_fields: object, { before, after = '' }: ProductFile): Goods {
  return { preview: before, paid: '', thanks: after }
}
