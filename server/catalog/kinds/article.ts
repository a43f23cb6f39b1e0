import type { Texts } from '../../texts/index.ts'
import { isBlank } from '../markdown/index.ts'
import { readingTime } from '../measures.ts'
import type { Product } from '../product.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { accessForever, anyPrice } from './rules.ts'

/** Text that buyers read on its page. Without `<!-- more -->` the whole text is paid for. */
export const article: Kind = {
  name: 'article',
  noun: 'an article',
  fields: { price: anyPrice },
  canBuyAgain: false,
  readGoods,
  grants: accessForever,
  label: ({ words }, texts) => texts.kinds.article.label(readingTime(words.preview + words.paid, texts)),
  gets,
  words: ({ kinds }) => kinds.article,
  isOpenedByPasses: true,
  isText: true,
  previewFades: true,
}

function readGoods(_fields: object, { before, after, faultAt }: ProductFile): Goods {
  const goods = after === undefined ? { preview: [], paid: before } : { preview: before, paid: after }
  if (!isBlank(goods.paid)) return goods
  const where = after === undefined ? 'the fields' : '<!-- more -->'
  throw faultAt(['kind'], `an article needs text for its buyers, but there is none below ${where}`)
}

function gets({ words: { paid: words }, pictures: { paid: pictures } }: Product, texts: Texts): string[] {
  const { gets: say } = texts.kinds.article
  const text = words > 0 ? [say(texts.moreWords(words), readingTime(words, texts))] : []
  return pictures > 0 ? [...text, texts.pictures(pictures)] : text
}
