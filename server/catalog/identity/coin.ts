import { createHash } from 'node:crypto'
import type { Icon } from './identity.ts'

const RING = 'M16 0a16 16 0 1 1 0 32 16 16 0 0 1 0-32Zm0 2.6a13.4 13.4 0 1 0 0 26.8 13.4 13.4 0 0 0 0-26.8Z'

/** The mark of a shop without a logo, 32 units wide and high, to be filled by the even-odd rule. */
export const PLAIN_COIN = `${RING}m0 3.6a9.8 9.8 0 1 1 0 19.6 9.8 9.8 0 0 1 0-19.6Z`

const GREEN = '#1f5f4a' // --coin in tokens.css

/** The icon of a shop without a picture. */
export function coinIcon(colour = GREEN): Icon {
  const content = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="${colour}"/><circle cx="16" cy="16" r="11.5" fill="none" stroke="#fff" stroke-width="1.8"/></svg>`,
  )
  return { name: `icon-${hashOf(content)}`, type: 'image/svg+xml', content }
}

/** Returns what a name gets from its content, so that browsers may keep that forever. */
export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12)
}
