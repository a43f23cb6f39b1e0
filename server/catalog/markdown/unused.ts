import type { MarkdownIt, StateCore } from 'markdown-it'
import { Fault } from '../fault.ts'
import { visitAddresses } from './addresses.ts'
import { LOOKALIKE } from './marker.ts'

const COMMENT = '#' // as in `[//]: # (a comment)`
const COMMENT_LINE = /\]:\s*#(?:\s|$)/
// The title of a comment, which is another way to write one that HTML would have
const MORE = /\]:\s*#\s+["'(][^\p{L}\p{N}]*(?:read[\s_-]*)?more[^\p{L}\p{N}]*$/iu
const FOOTNOTE = '^' // as in `[^1]: note`, whose one word Markdown takes for an address
const A_FOOTNOTE =
  'footnotes are not available, and this one would become the address of a link: write the note into the text'
const UNUSED =
  'defines an address that no link uses, so the line isn’t shown: use it in a link, or write \\[ to show it'
const SECOND =
  'has an address already, so the line isn’t shown: remove it, or write \\[ to show it. The first one is in line'
const LABEL = /\[([^\]]+)\]:/
/** Of a quotation or a list */
export const MARKERS = /^[\s>*+-]+/

/** What Markdown takes for the address of a link. */
interface Definition {
  /** As links find it: in one case */
  label: string
  /** In the text, counted from 0 */
  line: number
  /** The line after its last one */
  end: number
}

/** Throws Fault for text that Markdown takes for the address of a link, and so leaves out: `[Alice]: Hello!` */
export function checkUnused(markdown: MarkdownIt): void {
  markdown.core.ruler.after('block', 'definitions', keepDefinitions) // the parser drops them next
  markdown.core.ruler.push('unused_definitions', check)
}

function keepDefinitions({ tokens, env }: StateCore): void {
  env.definitions = tokens
    .filter(({ type }) => type === 'reference_definition')
    .map(
      ({ meta, map }): Definition => ({
        label: String(meta?.label),
        line: map?.[0] ?? 0,
        end: map?.[1] ?? 0,
      }),
    )
}

function check(state: StateCore): void {
  const { tokens, env } = state
  const definitions = env.definitions as Definition[]
  const used = new Set<unknown>([COMMENT])
  visitAddresses(tokens, (token) => used.add(token.attrGet('href') ?? token.attrGet('src')))
  for (const definition of definitions) {
    const { label } = definition
    if (label.startsWith(FOOTNOTE)) throw faultAt(state, definition, A_FOOTNOTE)
    if (!used.has(env.references?.[label]?.href)) throw faultAt(state, definition, UNUSED)
    if (MORE.test(linesOf(state, definition))) throw new Fault(toFileLine(state, definition), LOOKALIKE)
    const first = definitions.find((each) => each.label === label) ?? definition
    const isRepeated = addressAt(state, first) === addressAt(state, definition)
    if (!isRepeated && !COMMENT_LINE.test(lineAt(state, definition)))
      throw faultAt(state, definition, `${SECOND} ${toFileLine(state, first)}`)
  }
}

function faultAt(state: StateCore, definition: Definition, message: string): Fault {
  const [, label = definition.label] = LABEL.exec(lineAt(state, definition)) ?? []
  return new Fault(toFileLine(state, definition), `[${label}]: ${message}`)
}

function lineAt(state: StateCore, definition: Definition): string {
  return linesOf(state, definition).split('\n')[0] ?? ''
}

function linesOf({ src }: StateCore, { line, end }: Definition): string {
  return src.split('\n').slice(line, end).join('\n')
}

function addressAt(state: StateCore, definition: Definition): string {
  return lineAt(state, definition).replace(LABEL, '').replace(MARKERS, '').trim()
}

function toFileLine({ env }: StateCore, { line }: Definition): number {
  return Number(env.firstLine ?? 1) + line
}
