import { formatMoney, type Money } from '../../money/index.ts'
import { ShopError } from '../errors.ts'
import type { Choice, Product } from './product.ts'
import { currencyOf } from './reader-currency.ts'

/** What a buyer chooses about a price: the currency, of several; the amount, in hundredths, where it is theirs to choose. */
export interface ChosenPrice {
  currency?: string | undefined
  hundredths?: number | undefined
}

/**
 * Returns the product at the price that this order has: in the chosen currency, and at the chosen amount where the buyer
 * chooses it. Throws request-invalid for a currency in which it isn't sold, and for an amount that is missing, out of range,
 * or not the buyer's to choose.
 */
export function atChosenPrice(product: Product, { currency, hundredths }: ChosenPrice): Product {
  return atAmount(currency === undefined ? product : inChosenCurrency(product, currency), hundredths)
}

/** Returns the product at its price in this currency. Throws request-invalid if it isn't sold in that. */
export function inChosenCurrency(product: Product, currency: string): Product {
  const priced = inCurrency(product, currency)
  if (priced) return priced
  const { title, prices } = product
  const currencies = prices.map(({ price }) => price.currency)
  throw new ShopError('request-invalid', (t) => t.notSoldIn(title, currencies), {
    members: { errors: [{ field: 'currency', reason: 'invalid', currencies }] },
  })
}

function atAmount(product: Product, hundredths: number | undefined): Product {
  const { choice, price, title } = product
  if (!choice) {
    if (hundredths === undefined) return product
    throw new ShopError('request-invalid', (t) => t.amountNotWanted(title), {
      members: { errors: [{ field: 'hundredths', reason: 'unknown' }] },
    })
  }
  if (hundredths === undefined || hundredths < choice.from || hundredths > choice.to)
    throw amountOutside(title, price, choice, hundredths === undefined ? 'missing' : 'invalid')
  return { ...product, price: { ...price, hundredths } }
}

function amountOutside(
  title: string,
  price: Money,
  { from, to }: Choice,
  reason: 'missing' | 'invalid',
): ShopError {
  const shown = [from, to].map((limit) => formatMoney({ ...price, hundredths: limit }))
  return new ShopError('request-invalid', (t) => t.amountOutside(title, from, to, shown), {
    members: { errors: [{ field: 'hundredths', reason, from, to }] },
  })
}

/** Returns the product at its price in the currency of a reader with this locale or, without one, at its first price. */
export function forReader(product: Product, locale: string): Product {
  if (product.prices.length === 1) return product
  return inCurrency(product, currencyOf(locale) ?? '') ?? product
}

function inCurrency(product: Product, currency: string): Product | undefined {
  if (product.price.currency === currency) return product
  const found = product.prices.find(({ price }) => price.currency === currency)
  return found && { ...product, price: found.price, choice: found.choice }
}
