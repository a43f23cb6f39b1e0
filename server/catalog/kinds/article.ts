import { readingTime } from '../measures.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { accessForever, fixedPrice } from './rules.ts'

/** Text that buyers read on its page. Without `<!-- more -->` all of it is paid for. */
export const article: Kind = {
  name: 'article',
  noun: 'an article',
  fields: { price: fixedPrice },
  canBuyAgain: false,
  readGoods,
  grants: accessForever,
  label: ({ words }, texts) => texts.kinds.article.label(readingTime(words.preview + words.paid, texts)),
  gets: ({ words }, texts) => [
    texts.kinds.article.gets(texts.moreWords(words.paid), readingTime(words.paid, texts)),
  ],
  words: ({ kinds }) => kinds.article,
  previewFades: true,
}

function readGoods(_fields: object, { before, after }: ProductFile): Goods {
  return after === undefined ? { preview: '', paid: before } : { preview: before, paid: after }
}
