const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Returns whether a text can be part of an address, and so name a product or a tag. */
export function isSlug(text: string): boolean {
  return SLUG.test(text)
}
