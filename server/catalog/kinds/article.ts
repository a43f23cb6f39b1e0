import { counted, readingTime } from '../measures.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { accessForever, fixedPrice, opensHere } from './rules.ts'

/** Text that buyers read on its page. Without `<!-- more -->` all of it is paid for. */
export const article: Kind = {
  name: 'article',
  noun: 'an article',
  fields: { price: fixedPrice },
  canBuyAgain: false,
  readGoods,
  grants: accessForever,
  label: ({ words }) => `Article · ${readingTime(words.preview + words.paid)}`,
  gets: ({ words }) => [`${counted(words.paid, 'more')}, about ${readingTime(words.paid)}`],
  offer: {
    heading: 'Read the rest',
    promises: ['Opens right here as soon as you’ve paid', 'One payment, no account needed'],
    lastStep: 'That’s it. Your purchase opens right here.',
  },
  previewFades: true,
  paid: opensHere,
}

function readGoods(_fields: object, { before, after }: ProductFile): Goods {
  return after === undefined ? { preview: '', paid: before } : { preview: before, paid: after }
}
