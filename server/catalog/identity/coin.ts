import { createHash } from 'node:crypto'
import { ACCENT } from './colours.ts'
import type { Icon } from './identity.ts'

const RING = 'M16 0a16 16 0 1 1 0 32 16 16 0 0 1 0-32Zm0 2.6a13.4 13.4 0 1 0 0 26.8 13.4 13.4 0 0 0 0-26.8Z'

// The marks of shops without a logo, 32 units wide and high, to be filled by the even-odd rule.
export const PLAIN_COIN = `${RING}m0 3.7a9.7 9.7 0 1 1 0 19.4 9.7 9.7 0 0 1 0-19.4Zm0 1.7a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z`
export const NICKEL = `${RING}M9.7 23.5v-15h2.8l7 9.9V8.5h2.8v15h-2.8l-7-9.9v9.9z`

/** Inside of the icon's rim */
export const LETTER = '<path fill="#fff" d="M11.3 21.3V10.7h2l5.4 7.1v-7.1h2v10.6h-2l-5.4-7.1v7.1z"/>'

/** The icon of a shop without a picture: a coin in this colour, with what is inside of its rim. */
export function coinIcon(colour = ACCENT, inside = ''): Icon {
  const content = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="${colour}"/><circle cx="16" cy="16" r="11.5" fill="none" stroke="#fff" stroke-width="1.8"/>${inside}</svg>`,
  )
  return { name: `icon-${hashOf(content)}`, type: 'image/svg+xml', content }
}

/** Returns what a name gets from its content, so that browsers may keep that forever. */
export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12)
}
