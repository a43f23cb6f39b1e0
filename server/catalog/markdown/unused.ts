import type { MarkdownIt, StateCore } from 'markdown-it'
import { Fault } from '../fault.ts'
import { visitAddresses } from './addresses.ts'

const COMMENT = '#' // as in `[//]: # (a comment)`
const DEFINITION = /^[\s>]*\[([^\]]+)\]:/

/** Throws Fault for text that Markdown takes for the address of a link, and so leaves out: `[Alice]: Hello!` */
export function checkUnused(markdown: MarkdownIt): void {
  markdown.core.ruler.push('unused_definitions', check)
}

function check({ tokens, src, env, md }: StateCore): void {
  const used = new Set<unknown>([COMMENT])
  visitAddresses(tokens, (token) => used.add(token.attrGet('href') ?? token.attrGet('src')))
  const unused = Object.entries(env.references ?? {}).find(([, { href }]) => !used.has(href))
  if (!unused) return
  const labels = src.split('\n').map((line) => DEFINITION.exec(line)?.[1])
  const at = labels.findIndex((label) => label && md.utils.normalizeReference(label) === unused[0])
  throw new Fault(
    Number(env.firstLine ?? 1) + Math.max(0, at),
    `[${labels[at] ?? unused[0]}]: defines an address that no link uses, so the line isn’t shown: use it in a link, or write \\[ to show it`,
  )
}
