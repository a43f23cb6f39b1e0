import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Texts } from '../../texts/index.ts'
import { findFile } from '../find-file.ts'
import { extentOf } from '../measures.ts'
import type { Product } from '../product.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { accessForever, anyPrice, line } from './rules.ts'

/** A file. Text after `<!-- more -->` is paid for as well. */
export const download: Kind = {
  name: 'download',
  noun: 'a download',
  fields: { price: anyPrice, file: line.optional() },
  canBuyAgain: false,
  readGoods,
  grants: accessForever,
  label: ({ file }, texts) => texts.kinds.download.label(file ? extentOf(file, texts) : ''),
  gets,
  words: ({ kinds }) => kinds.download,
  isOpenedByPasses: true,
  isText: false,
  previewFades: false,
}

function readGoods(
  { file: name }: { file?: string },
  { before, after = [], folder, faultAt }: ProductFile,
): Goods {
  if (name === undefined) throw faultAt(['kind'], 'a download needs a file, like file: files/notes.zip')
  const path = findFile(name, folder, (message) => faultAt(['file'], message))
  if (statSync(path).size === 0)
    throw faultAt(['file'], `the file ${name} is empty: its buyers would get nothing`)
  return { preview: before, paid: after, file: { path, name: basename(path) } }
}

function gets({ file, words }: Product, texts: Texts): string[] {
  const { kinds } = texts
  const what = file ? [kinds.download.gets(file.name, extentOf(file, texts))] : []
  return words.paid > 0 ? [...what, kinds.download.instructions(texts.words(words.paid))] : what
}
