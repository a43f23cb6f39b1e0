const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The most characters that a slug may have, in a file or in a request. */
export const LONGEST_SLUG = 200

/** Returns whether a text can be part of an address, and so name a product or a tag. */
export function isSlug(text: string): boolean {
  return SLUG.test(text)
}
