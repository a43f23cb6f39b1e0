import type { FaultAt } from './explain-fields.ts'
import { isSlug, LONGEST_SLUG } from './is-slug.ts'
import { slugOf } from './markdown-files.ts'

/**
 * Returns the place of a file among those that want one slug, the smallest first: the one that is called so is what a merchant would
 * look for, and then the one with the shortest name, since copies are called `bread copy` or `Copy of bread`.
 */
export function placeOf(fileName: string, slug: string): number {
  const name = slugOf(fileName)
  return name === slug ? 0 : name.length
}

/** Returns the last part of a page's address: the one that the file states, or its name. Throws Fault. */
export function readSlug(stated: string | undefined, fileName: string, faultAt: FaultAt): string {
  const found = stated ?? slugOf(fileName)
  if (found.length > LONGEST_SLUG)
    throw faultAt(
      ['slug'],
      `the last part of an address must have at most ${LONGEST_SLUG} characters, not ${found.length}`,
    )
  if (isSlug(found)) return found
  throw faultAt(
    ['slug'],
    `"${found}" cannot be part of an address: use lowercase letters from a to z, digits and single hyphens${stated === undefined ? ', in the file’s name or in the field slug, like slug: bread' : ''}`,
  )
}
