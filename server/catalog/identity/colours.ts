import type { Accent, Identity } from './identity.ts'

export type Scheme = keyof Accent

type Rgb = readonly number[]

/** WCAG 2.2, success criterion 1.4.3: for text of any size */
export const LEAST_CONTRAST = 4.5

/** What is behind text, as public/styles/tokens.css has it. */
export const BACKGROUNDS: Record<Scheme, { paper: string; card: string }> = {
  light: { paper: '#faf9f5', card: '#ffffff' },
  dark: { paper: '#141412', card: '#1d1c1a' },
}

/** On light pages, unless `shop.yaml` has another: --coin in tokens.css */
export const ACCENT = '#1f5f4a'

const AWAY: Record<Scheme, string> = { light: '#000000', dark: '#ffffff' } // from the background
const PRESSED = 0.24 // how far a pressed button moves away
const TINT = { light: 0.1, dark: 0.13 } // how much of the colour a highlight has
const STEPS = 255

/** The colours that tokens.css calls --coin, --coin-deep, --coin-ink and --mint. */
export interface Shades {
  accent: string
  pressed: string
  ink: string
  highlight: string
}

/** What a picture in the shop's colours is drawn with. */
export interface Theme {
  accent: string
  paper: string
  ink: string
}

export function themeOf({ accent }: Pick<Identity, 'accent'>): Theme {
  const { paper } = BACKGROUNDS.light
  return { accent: accent?.light ?? ACCENT, paper, ink: BACKGROUNDS.dark.paper }
}

export function shadesOf(accent: string, scheme: Scheme): Shades {
  return {
    accent,
    pressed: mix(accent, AWAY[scheme], PRESSED),
    ink: scheme === 'light' ? BACKGROUNDS.light.card : BACKGROUNDS.dark.paper,
    highlight: mix(BACKGROUNDS[scheme].paper, accent, TINT[scheme]),
  }
}

/** Returns the least contrast that text in this colour has on pages and their surfaces, from 1 to 21. */
export function leastContrast(accent: string, scheme: Scheme): number {
  const { paper, card } = BACKGROUNDS[scheme]
  return Math.min(
    ...[paper, card, shadesOf(accent, scheme).highlight].map((behind) => contrast(accent, behind)),
  )
}

/** Returns the colour itself if it can be read, and otherwise the nearest darker or lighter one that can. */
export function nearestReadable(accent: string, scheme: Scheme): string {
  const candidates = Array.from({ length: STEPS + 1 }, (_, step) => mix(accent, AWAY[scheme], step / STEPS))
  return candidates.find((each) => leastContrast(each, scheme) >= LEAST_CONTRAST) ?? AWAY[scheme]
}

function mix(from: string, to: string, share: number): string {
  const [start, end] = [parse(from), parse(to)]
  const mixed = start.map((value, at) => Math.round(value + ((end[at] ?? 0) - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function parse(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
