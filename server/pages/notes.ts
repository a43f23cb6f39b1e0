import type { Request } from 'express'
import type { OpenPurchase } from '../../db/index.ts'
import { findBeginning, findLongest, type Opened } from '../access/index.ts'
import { coversOf, kindOf, type Product, scopesOf } from '../catalog/index.ts'
import { rightNow } from '../local-days.ts'
import type { Shop } from '../shop.ts'
import type { Language } from '../texts/index.ts'
import { asReceipt } from './receipt.ts'
import { showBeginning, showChain } from './windows.ts'

export type Notes = Awaited<ReturnType<typeof findNotes>>

/** Finds what the page that offers a product says of what its visitor has already. */
export async function findNotes(
  shop: Shop,
  req: Request,
  product: Product,
  { opened, language }: { opened: Opened | undefined; language: Language },
) {
  const { opens } = product
  const covers = coversOf(product)
  const longest = opens && (await findLongest(shop, req, covers))
  const wider = longest?.id === opened?.purchase.id ? undefined : longest
  const isOpen = opened !== undefined || longest !== undefined
  const scopes = scopesOf(product)
  const own = opened ? undefined : await findBeginning(shop, req, scopes)
  // All but a pass for a tag are covered by their own scopes only.
  const begins = isOpen ? undefined : covers === scopes ? own : await findBeginning(shop, req, covers)
  const addsDays = opened || own === rightNow(shop).today + 1 // behind one that begins later, another begins at once
  const { adds, addsNothing } = language.texts.window
  return {
    covered: wider && showCover(shop, wider, language),
    window: opened && !wider && showChain(shop, opened.purchase, language),
    begins: showBeginning(shop, begins, language),
    adds: opens && addsDays && !wider && adds(opens.days), // not to what is named then
    addsNothing: wider && !addsDays && addsNothing,
    ifBought: !isOpen && own === undefined && scopes.length > 0 && language.texts.offer.ifBought,
    usedAt: opened && kindOf(product).usedAt,
  }
}

/** Shows through which pass everything is open that a page is about, and until when. */
export function showCover(shop: Shop, purchase: OpenPurchase, language: Language) {
  return { receipt: asReceipt(shop, purchase, language), window: showChain(shop, purchase, language) }
}
