import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aFolder } from './workplace.ts'

/** A product file: $1.00 or more, with $3.00 and $5.00 suggested. */
export const DONATION = `---
title: Tea for the author
price: { from: 1 usd, suggest: [3 usd, 5 usd] }
kind: donation
summary: If an article has saved you an hour.
---
Everything here was written over tea.

<!-- more -->

THANKS-FOR-THE-TEA
`

/** A catalogue in which the donation is sold at /products/tea. */
export function aCatalogWithADonation(
  change: (text: string) => string = (text) => text,
  folder = aFolder(),
): string {
  writeFileSync(join(folder, 'tea.md'), change(DONATION))
  return folder
}
