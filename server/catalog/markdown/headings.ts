import Slugger from 'github-slugger'
import type { MarkdownIt, StateCore, Token } from 'markdown-it'
import { type Text, textOf } from './text.ts'

const LOWEST_LEVEL = 6

/**
 * Gives every heading the id that it has on GitHub, `## Two loaves!` is `#two-loaves`, and a level below the title of the
 * page, which is the only `h1`.
 */
export function finishHeadings(markdown: MarkdownIt): void {
  markdown.core.ruler.push('heading_ids', addIds)
  markdown.core.ruler.push('heading_levels', lowerLevels)
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

/** Only in a text that has `# …`: all of its headings then move, so that they keep their order. */
function lowerLevels({ tokens }: StateCore): void {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close')
  if (!headings.some(({ tag }) => tag === 'h1')) return
  for (const heading of headings) heading.tag = `h${Math.min(levelOf(heading) + 1, LOWEST_LEVEL)}`
}

function levelOf({ tag }: Token): number {
  return Number(tag.slice(1))
}

/** Collects the ids of all headings. */
export function idsIn(text: Text): Set<string> {
  const ids = text.map((token) => token.attrGet('id'))
  return new Set(ids.flatMap((id) => (id === null ? [] : String(id))))
}
