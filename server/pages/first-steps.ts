import type { Texts } from '../texts/index.ts'

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
    name: 'catalog/shop.yaml',
    example: 'name: Corner Library\ntagline: Short reads from the corner',
  },
  { name: 'docs/products.md', example: undefined },
]

/** What the merchant of an empty shop can do next. */
export function firstSteps({ storefront: { begin } }: Texts) {
  return FILES.map((file, at) => ({ ...file, ...(begin.steps[at] ?? { before: '', after: '' }) }))
}
