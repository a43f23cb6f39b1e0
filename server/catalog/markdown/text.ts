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
