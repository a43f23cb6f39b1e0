/**
 * Returns the origin of the page around this frame. Some browsers don't report it, and Firefox reports `null` if that page
 * has the policy `no-referrer`.
 */
export function findShop(ancestors: ArrayLike<string> | undefined): string | undefined {
  const origin = ancestors?.[0]
  return origin && /^https?:\/\//.test(origin) ? origin : undefined
}
