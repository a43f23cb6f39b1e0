import { basename } from 'node:path'
import { findFile } from '../find-file.ts'
import { counted, extentOf } from '../measures.ts'
import type { Product } from '../product.ts'
import type { Goods, Kind, ProductFile } from './kind.ts'
import { accessForever, fixedPrice, line, opensHere } from './rules.ts'

/** A file. Text after `<!-- more -->` is paid for as well. */
export const download: Kind = {
  name: 'download',
  noun: 'a download',
  fields: { price: fixedPrice, file: line.optional() },
  canBuyAgain: false,
  readGoods,
  grants: accessForever,
  label: ({ file }) => `Download · ${file && extentOf(file)}`,
  gets,
  offer: {
    heading: 'Get the file',
    promises: ['Opens right here as soon as you’ve paid', 'One payment, no account needed'],
    lastStep: 'That’s it. Your purchase opens right here.',
  },
  previewFades: false,
  paid: opensHere,
}

function readGoods(
  { file: name }: { file?: string },
  { before, after = '', folder, faultAt }: ProductFile,
): Goods {
  if (name === undefined) throw faultAt(['kind'], 'a download needs a file, like file: files/notes.zip')
  const path = findFile(name, folder, (message) => faultAt(['file'], message))
  return { preview: before, paid: after, file: { path, name: basename(path) } }
}

function gets({ file, words }: Product): string[] {
  const what = file ? [`${file.name} (${extentOf(file)})`] : []
  return words.paid > 0 ? [...what, `${counted(words.paid)} on how to use it`] : what
}
