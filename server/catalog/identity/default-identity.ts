import { coinIcon, LETTER, NICKEL } from './coin.ts'
import type { Identity } from './identity.ts'

/** The identity of a shop whose catalogue has no `shop.yaml`. */
export const DEFAULT_IDENTITY: Identity = Object.freeze({
  name: 'Nickel',
  tagline: undefined,
  description: undefined,
  lang: undefined,
  timeZone: undefined,
  logo: undefined,
  coin: NICKEL,
  icon: coinIcon(undefined, LETTER),
  accent: undefined,
  stylesheet: undefined,
  seller: undefined,
  tax: undefined,
  socialPicture: undefined,
  order: [],
  pages: [],
  files: new Map(),
  pictures: new Map(),
})
