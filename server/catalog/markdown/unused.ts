import type { MarkdownIt, StateCore } from 'markdown-it'
import { Fault } from '../fault.ts'
import { visitAddresses } from './addresses.ts'

const COMMENT = '#' // as in `[//]: # (a comment)`
const FOOTNOTE = '^' // as in `[^1]: note`, whose one word Markdown takes for an address
const A_FOOTNOTE =
  'footnotes are not available, and this one would become the address of a link: write the note into the text'
const UNUSED =
  'defines an address that no link uses, so the line isn’t shown: use it in a link, or write \\[ to show it'
const DEFINITION = /^[\s>]*\[([^\]]+)\]:/

/** Throws Fault for text that Markdown takes for the address of a link, and so leaves out: `[Alice]: Hello!` */
export function checkUnused(markdown: MarkdownIt): void {
  markdown.core.ruler.push('unused_definitions', check)
}

function check(state: StateCore): void {
  const { tokens, env } = state
  const used = new Set<unknown>([COMMENT])
  visitAddresses(tokens, (token) => used.add(token.attrGet('href') ?? token.attrGet('src')))
  for (const [label, { href }] of Object.entries<{ href: string }>(env.references ?? {})) {
    if (label.startsWith(FOOTNOTE)) throw faultAt(state, label, A_FOOTNOTE)
    if (!used.has(href)) throw faultAt(state, label, UNUSED)
  }
}

function faultAt({ src, env, md }: StateCore, label: string, message: string): Fault {
  const labels = src.split('\n').map((line) => DEFINITION.exec(line)?.[1])
  const at = labels.findIndex((each) => each && md.utils.normalizeReference(each) === label)
  return new Fault(Number(env.firstLine ?? 1) + Math.max(0, at), `[${labels[at] ?? label}]: ${message}`)
}
