import type { Token } from 'markdown-it'
import { gatherFaults } from '../fault.ts'
import type { Picture } from '../product.ts'
import { pictureFileOf, resolveLink, visitAddresses } from './addresses.ts'
import { countWords } from './count-words.ts'
import { idsIn } from './headings.ts'
import { toHtml } from './parse-text.ts'
import { type Text, textOf } from './text.ts'

/** A part of a product's text, ready for its page. */
export interface Rendered {
  html: string
  /** What people read of it, without markup */
  text: string
  words: number
  /** Those in the text, with the lines of the file at which they are */
  pictures: ShownPicture[]
}

export interface ShownPicture {
  picture: Picture
  line: number
}

/** Where a text belongs. */
export interface Page {
  slug: string
  /** Returns the address from which a relative link leads */
  baseOf: (href: string) => string
  /** The line of the file at which the whole text begins */
  firstLine: number
  /** Reads the picture that a text names. Throws Fault. */
  readPicture(name: string, line: number): Picture
}

/**
 * Renders a text. Its pictures are loaded from below `pictures`, a path that ends in a slash. Its links may lead to its own
 * headings and to those of `beside`, a text that is shown on the same page. Throws Fault.
 */
export function renderText(text: Text, page: Page, pictures: string, beside: Text = []): Rendered {
  const around = { baseOf: page.baseOf, ids: idsIn([...text, ...beside]) }
  const found: ShownPicture[] = []
  const faults = gatherFaults()
  visitAddresses(text, (token, lineOfText) => {
    const line = page.firstLine + lineOfText
    if (token.type === 'link_open') return faults.attempt(() => setHref(token, around, line))
    const picture = faults.attempt(() => readPicture(token, page, line))
    if (!picture) return
    found.push({ picture, line })
    show(token, picture, pictures)
  })
  faults.throwFound()
  const read = text.map(textOf).join('\n')
  return { html: toHtml(text), text: read, words: countWords(text), pictures: found }
}

function setHref(link: Token, around: Parameters<typeof resolveLink>[1], line: number): void {
  link.attrSet('href', resolveLink(String(link.attrGet('href') ?? ''), around, line))
}

function readPicture(image: Token, page: Page, line: number): Picture {
  return page.readPicture(pictureFileOf(String(image.attrGet('src') ?? ''), line), line)
}

function show(image: Token, { name, width, height }: Picture, folder: string): void {
  image.attrSet('src', `${folder}${name}`)
  image.attrSet('width', String(width))
  image.attrSet('height', String(height))
  image.attrSet('loading', 'lazy')
  image.attrSet('decoding', 'async')
}
