import createMarkdownIt, { type MarkdownIt } from 'markdown-it'
import closeEmphasisBeforeCjk from 'markdown-it-cjk-friendly'
import { once } from '../../once.ts'
import { showAsWritten } from './as-written.ts'
import { finishBlocks } from './blocks.ts'
import { finishHeadings } from './headings.ts'
import { readMarkers } from './marker.ts'
import { checkRows } from './rows.ts'
import type { Text } from './text.ts'
import { checkUnread } from './unread.ts'
import { checkUnused } from './unused.ts'

// English has curly quotes, and one way to write them. In other languages, quotes are shown as they are typed.
const english = once(() => makeParser({ typographer: true }))
const other = once(() => makeParser({ typographer: false }))

/**
 * Parses a product's Markdown at once, so that both parts know the same addresses and headings, and divides it at its marker.
 * `after` is undefined if there is none. `firstLine` is the line of the file at which the text begins. Throws Fault.
 */
export function parseText(
  text: string,
  { firstLine, lang }: { firstLine: number; lang: string },
): { before: Text; after: Text | undefined } {
  const parser = /^en\b/i.test(lang) ? english() : other()
  const tokens = parser.parse(text, { firstLine })
  const marker = tokens.findIndex(({ type }) => type === 'more')
  return marker < 0
    ? { before: tokens, after: undefined }
    : { before: tokens.slice(0, marker), after: tokens.slice(marker + 1) }
}

/** Whether there is nothing to read or see in a text. */
export function isBlank(text: Text): boolean {
  return text.every(({ type, content }) =>
    type === 'inline' ? !/[^\s\p{Cf}]/u.test(content) : content.trim() === '',
  )
}

/** Turns a text into HTML as it is. */
export function toHtml(text: Text): string {
  const { renderer, options } = other()
  return renderer.render([...text], options, {})
}

/** HTML is shown as text and links to scripts are not linked: a product may be written by somebody else. */
function makeParser({ typographer }: { typographer: boolean }): MarkdownIt {
  return createMarkdownIt({ html: false, linkify: true, typographer })
    .use(closeEmphasisBeforeCjk)
    .use(readMarkers)
    .use(checkUnread)
    .use(showAsWritten)
    .use(finishHeadings)
    .use(checkUnused)
    .use(checkRows)
    .use(finishBlocks)
}
