import type { Texts } from '../texts/index.ts'

const SHOP_FILE = 'catalog/shop.yaml'

/** Files that a merchant can save as they are, and the page to read after that. */
const FILES = [
  {
    name: 'catalog/first-steps.md',
    example: `---
title: First steps
price: 0.25 usd
kind: article
summary: What I have learned so far.
---
Everyone can read this part.

<!-- more -->

Buyers get this part.`,
  },
  {
    name: SHOP_FILE,
    example: 'name: Corner Library\ntagline: Short reads from the corner',
  },
  { name: 'docs/products.md', example: undefined },
]

/** What the merchant of an empty shop can do next. Saving the example would replace a `shop.yaml` that is there. */
export function firstSteps({ storefront: { begin } }: Texts, hasShopFile: boolean) {
  const steps = FILES.map((file, at) => ({ ...file, ...(begin.steps[at] ?? { before: '', after: '' }) }))
  return steps.filter(({ name }) => !(hasShopFile && name === SHOP_FILE))
}
