import { counted, readingTime } from '../measures.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { accessForEver, fixedPrice } from './rules.ts'

/** Text that is read on its page. Without `<!-- more -->` all of it is paid for. */
export const article: Kind = {
  name: 'article',
  noun: 'an article',
  fields: { price: fixedPrice },
  canBuyAgain: false,
  readGoods,
  grants: accessForEver,
  label: ({ words }) => `Article · ${readingTime(words.preview + words.paid)}`,
  gets: ({ words }) => [`${counted(words.paid, 'more')}, about ${readingTime(words.paid)}`],
  offer: {
    heading: 'Read the rest',
    promises: ['Opens right here, the moment it is paid', 'Paid once, without an account'],
    lastStep: 'That is all: it opens right here.',
  },
  previewFades: true,
}

function readGoods(_fields: object, { before, after }: ProductFile): Goods {
  return after === undefined ? { preview: '', paid: before } : { preview: before, paid: after }
}
