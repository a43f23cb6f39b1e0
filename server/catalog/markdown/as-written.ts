import type { MarkdownIt, StateCore, Token } from 'markdown-it'

const SHOWN_ADDRESS = ['linkify', 'autolink'] // not the words of a link
const THREE_DOTS = /(?<!\.)\.{3}(?!\.)/g

/**
 * Makes Markdown show what was written: of the parser's replacements, such as © for `(c)`, only curly quotes and the ellipsis
 * are left. Only whole addresses become links, since `react@18.2.0`, `README.md` and `//note.this`
 * aren't addresses. An address that is shown has its own direction, also in a text from right to left.
 */
export function showAsWritten(markdown: MarkdownIt): void {
  markdown.core.ruler.at('replacements', joinDots)
  markdown.core.ruler.after('linkify', 'addresses', keepDirection)
  markdown.linkify.set({ fuzzyEmail: false, fuzzyLink: false, fuzzyIP: false })
  markdown.linkify.add('//', null)
  markdown.normalizeLinkText = (url) => url // otherwise %20 becomes a space
}

function joinDots({ tokens }: StateCore): void {
  for (const { children } of tokens) for (const child of children ?? []) joinDotsIn(child)
}

function joinDotsIn(token: Token): void {
  if (token.type === 'text') token.content = token.content.replace(THREE_DOTS, '…')
}

function keepDirection({ tokens }: StateCore): void {
  for (const { children } of tokens)
    for (const link of children ?? [])
      if (link.type === 'link_open' && SHOWN_ADDRESS.includes(link.markup)) link.attrSet('dir', 'ltr')
}
