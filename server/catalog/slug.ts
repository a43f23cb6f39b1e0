import { basename } from 'node:path'
import type { FaultAt } from './explain-fields.ts'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Returns the last part of a page's address: the one that the file states, or its name. Throws Fault. */
export function readSlug(stated: string | undefined, fileName: string, faultAt: FaultAt): string {
  const found = stated ?? basename(fileName, '.md')
  if (SLUG.test(found)) return found
  throw faultAt(
    ['slug'],
    `"${found}" cannot be part of an address: use lowercase letters, digits and single hyphens`,
  )
}
