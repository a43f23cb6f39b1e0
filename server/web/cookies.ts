import type { Config } from '../config/index.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'

/** The longest that browsers keep any cookie. */
export const LONGEST_COOKIE_LIFE_S = (400 * DAY_MS) / SECOND_MS

/** Returns whether browsers know the shop by an https address, so that its cookies must never be sent over http. */
export function isHttps({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return publicUrl()?.startsWith('https:') ?? false
}

/** Returns the name under which a browser keeps a cookie. With the prefix, no other host can set it: RFC 6265bis, section 4.1.3. */
export function cookieName(config: Pick<Config, 'publicUrl'>, name: string): string {
  return isHttps(config) ? `__Host-${name}` : name
}
