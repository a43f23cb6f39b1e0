import { isUtf8 } from 'node:buffer'
import { imageSize } from 'image-size'
import { assertSmall } from '../picture-size.ts'
import { readBytes } from '../read-text.ts'
import { assertPlaceless } from '../taken-where.ts'
import { hashOf } from './coin.ts'
import type { Icon, Logo } from './identity.ts'

/** A logo or an icon as its file has it. */
export interface Mark {
  /** Absolute */
  path: string
  type: string
  content: Buffer
  /** 12 digits that change with the content */
  hash: string
  ending: string
  width: number
  height: number
}

/** In bytes: a logo is on every page. */
const LARGEST = 100_000
const HEIGHT_SHOWN = 28 // pixels, as the masthead of styles/components/frame.css
const WORDMARK_FROM = 2 // times as wide as high

const TYPES: Readonly<Record<string, string>> = { svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg' }
const NO_PICTURE = 'the picture must be SVG, PNG or JPEG'

// What browsers ignore in a picture, or what the icons of phones, which are drawn on the server, would lack.
const NOT_DRAWN: readonly [RegExp, string][] = [
  [/<script|\son\w+\s*=|javascript:/i, 'contains a script: save it as plain SVG'],
  [/<text[\s>]/i, 'contains text, which needs fonts that readers may not have: convert the text to paths'],
  [/<foreignObject/i, 'contains HTML: save it as plain SVG'],
  [/<!ENTITY/i, 'declares entities: save it as plain SVG'],
  [
    /(?:href\s*=\s*["']|url\(\s*["']?|@import\s*["']?)\s*(?!["']|#|data:)[^\s"')]/i,
    'loads another file: embed that, or remove it',
  ],
  // Drawn black: findings/svg-colours-that-are-black.sh
  [
    /\b(?:var|env|color|color-mix|light-dark|device-cmyk|hwb|(?:ok)?l(?:ab|ch))\(|\b(?:rgb|hsl)a?\((?:[^)]*(?:\/|\bnone\b|\bcalc\()|\s*[-+]?[\d.]+(?:deg|g?rad|turn))/i,
    'has a colour that would be black in the pictures which the shop draws: write it like #1f7a4d, and its opacity apart',
  ],
]

/** Reads a logo or an icon: SVG, PNG or JPEG. `fault` makes an error from a description of what is wrong. */
export function readMark(path: string, fault: (message: string) => Error): Mark {
  assertSmall(path, { maxBytes: LARGEST, types: Object.keys(TYPES), isNone: NO_PICTURE }, fault)
  const content = readBytes(path, fault)
  const { type: ending = '', width, height } = measure(content)
  const type = Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined
  if (!type || !width || !height) throw fault(explainMissingSize(content))
  if (ending === 'svg') assertDrawable(content, fault)
  else assertPlaceless(content, fault)
  return { path, type, content, hash: hashOf(content), ending, width, height }
}

function measure(content: Buffer): Partial<ReturnType<typeof imageSize>> {
  try {
    return imageSize(content)
  } catch {
    return {} // not a picture, or a damaged one
  }
}

/** Editors and minifiers also write sizes that image-size doesn't read, such as a viewBox with commas. */
function explainMissingSize(content: Buffer): string {
  return /<svg[\s>]/.test(content.toString('latin1'))
    ? 'the SVG says no width and height that can be read: give its <svg> viewBox="0 0 300 200", with its own numbers, on one line and without commas'
    : NO_PICTURE
}

function assertDrawable(content: Buffer, fault: (message: string) => Error): void {
  if (!isUtf8(content)) throw fault('the SVG is not UTF-8: save it as UTF-8')
  const text = content.toString('utf8').replace(/<!--.*?-->/gs, '')
  const [, found] = NOT_DRAWN.find(([pattern]) => pattern.test(text)) ?? []
  if (found) throw fault(`the SVG ${found}`)
}

/** As the masthead shows it. A wide logo is taken for one that contains the name. */
export function asLogo({ hash, ending, width, height }: Mark): Logo {
  const ratio = width / height
  return {
    src: `/identity/logo-${hash}.${ending}`,
    width: Math.round(HEIGHT_SHOWN * ratio),
    height: HEIGHT_SHOWN,
    isWordmark: ratio >= WORDMARK_FROM,
  }
}

export function asIcon({ hash, type, content }: Mark): Icon {
  return { name: `icon-${hash}`, type, content }
}
