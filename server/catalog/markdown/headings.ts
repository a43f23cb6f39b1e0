import Slugger from 'github-slugger'
import type { MarkdownIt, StateCore } from 'markdown-it'
import { type Text, textOf } from './text.ts'

/** Gives every heading the id that it has on GitHub: `## Two loaves!` is `#two-loaves`. */
export function nameHeadings(markdown: MarkdownIt): void {
  markdown.core.ruler.push('heading_ids', addIds)
}

function addIds({ tokens }: StateCore): void {
  const slugger = new Slugger()
  for (const [at, heading] of tokens.entries()) {
    const inline = tokens[at + 1]
    if (heading.type !== 'heading_open' || !inline) continue
    const id = slugger.slug(textOf(inline).trim())
    if (id) heading.attrSet('id', id)
  }
}

/** Collects the ids of all headings. */
export function idsIn(...texts: (Text | undefined)[]): Set<string> {
  const ids = texts.flatMap((text) => (text ?? []).map((token) => token.attrGet('id')))
  return new Set(ids.flatMap((id) => (id === null ? [] : String(id))))
}
