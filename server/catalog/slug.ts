import type { FaultAt } from './explain-fields.ts'
import { isSlug } from './is-slug.ts'
import { slugOf } from './markdown-files.ts'

/** Returns the last part of a page's address: the one that the file states, or its name. Throws Fault. */
export function readSlug(stated: string | undefined, fileName: string, faultAt: FaultAt): string {
  const found = stated ?? slugOf(fileName)
  if (isSlug(found)) return found
  throw faultAt(
    ['slug'],
    `"${found}" cannot be part of an address: use lowercase letters, digits and single hyphens`,
  )
}
