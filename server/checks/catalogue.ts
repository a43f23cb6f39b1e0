import { CatalogError, checkFolder, codeRulesOf } from '../catalog/index.ts'
import { countOf } from '../count-of.ts'
import { broken, type Finding, fine, lookAtThis } from '../finding.ts'
import type { Subject } from './subject.ts'

const MOST_LISTED = 5

/** Whether all product files, `shop.yaml` and `coupons.yaml` can be read. */
export function checkCatalogue({ config, clock }: Subject): Finding[] {
  const { catalogFolder: folder, timeZoneSet: timeZone } = config
  const about = { check: 'catalogue', lookedAt: `The product files in ${folder}/` }
  try {
    const { products, faults, fatal } = checkFolder({
      folder,
      clock,
      timeZone,
      codeRules: codeRulesOf(config),
    })
    if (fatal.length > 0)
      return [{ ...about, ...broken(`${list(faults)}\nThe shop does not start with that.`, TO_DO) }]
    if (faults.length > 0)
      return [
        {
          ...about,
          ...lookAtThis(
            `${list(faults)}\nA product with an error is not for sale. The ${countOf(products, 'product')} without one can be bought.`,
            TO_DO,
          ),
        },
      ]
    return [
      {
        ...about,
        ...(products === 0 ? NOTHING : fine(`There is no error in ${countOf(products, 'product')}.`)),
      },
    ]
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error
    return [{ ...about, ...broken(`${error.message}\nThe shop does not start with that.`, TO_DO) }]
  }
}

const TO_DO = 'Correct the files. npm run check lists all errors.'
const NOTHING = lookAtThis(
  'There is no product, so nobody can buy anything.',
  'Put a Markdown file into that folder: docs/products.md says how.',
)

function list(faults: readonly string[]): string {
  const more = faults.length - MOST_LISTED
  return [...faults.slice(0, MOST_LISTED), ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n')
}
