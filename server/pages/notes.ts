import type { Request } from 'express'
import { findBeginning, type Opened } from '../access/index.ts'
import { kindOf, type Product, scopesOf } from '../catalog/index.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import { showBeginning, showChain } from './windows.ts'

export type Notes = Awaited<ReturnType<typeof findNotes>>

/** Finds what the page that offers a product says of what its visitor has already. */
export async function findNotes(
  shop: Shop,
  req: Request,
  product: Product,
  { opened, language }: { opened: Opened | undefined; language: Language },
) {
  const beginning = opened ? undefined : await findBeginning(shop, req, scopesOf(product))
  const addsDays = opened || beginning === rightNow(shop).today + 1 // behind one that begins later, another begins at once
  return {
    window: opened && showChain(shop, opened.purchase, language),
    begins: showBeginning(shop, beginning, language),
    adds: product.opens && addsDays && language.texts.window.adds(product.opens.days),
    usedAt: opened && kindOf(product).usedAt,
  }
}
