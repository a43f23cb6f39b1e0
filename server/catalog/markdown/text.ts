import type { Token } from 'markdown-it'

/** A part of a product's Markdown, parsed. */
export type Text = readonly Token[]

const LINE_BREAKS = ['softbreak', 'hardbreak']
const TEXTS = ['text', 'text_special', 'code_inline', 'code_block', 'fence']

/** Returns what people read of a token: text and code, without addresses, and without the descriptions of pictures. */
export function textOf({ type, content, children }: Token): string {
  if (type === 'inline') return (children ?? []).map(textOf).join('')
  if (LINE_BREAKS.includes(type)) return ' '
  return TEXTS.includes(type) ? content : ''
}

/** Returns the lines of a paragraph as they are read, without code and what a backslash escapes. */
export function linesOf(inline: readonly Token[]): string[] {
  const text = inline.map(({ type, content, children, info }) => {
    if (type === 'softbreak' || type === 'hardbreak') return '\n'
    if (type === 'text' || (type === 'text_special' && info === 'entity')) return content
    return children ? linesOf(children).join('\n') : '\uFFFC' // in place of anything but text
  })
  return text.join('').split('\n')
}
