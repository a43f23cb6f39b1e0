import type { MarkdownIt, StateCore } from 'markdown-it'
import { Fault, throwTogether } from '../fault.ts'
import { linesOf } from './text.ts'

// What Markdown shows as it is, because the address of a link or a picture must not have a space in or before it.
const ADDRESS = /(!?)\[([^\][\n]*)\]\(((?:[^()\n]|\([^()\n]*\))*)\)/g
const SPACE_BEFORE = /!\[([^\][\n]*)\]\s+\(([^()\n]+\.(?:png|jpe?g|webp|avif|gif|svg))\)/i

const ADDRESS_AND_TITLE = /^(.*?)(\s+(?:"[^"]*"|'[^']*'))?$/
const SIZED = /^(.*?)\s+=\d*%?x?\d*%?$/ // as other programs write how wide and high a picture is
const UNENCODED = / |%(?![\da-f]{2})/gi // what Markdown would not take as it is

const OR_SHOW = 'or \\[ to show it as text'
const A_LINK = `the address of a link has spaces, so it isn’t one: write the slug of a product or a page, like [next](other-product), or %20 in place of each space of any other address, ${OR_SHOW}`

/** Throws Fault for text that was meant as a picture or a link, and that readers would see with all its brackets. */
export function checkUnread(markdown: MarkdownIt): void {
  markdown.core.ruler.after('marker', 'unread', check) // before `text_join`, which would make `\[` the same as `[`
}

function check({ tokens, env }: StateCore): void {
  const faults: Fault[] = []
  let first = 0
  for (const { type, map, children } of tokens) {
    first = map?.[0] ?? first // a table's cells have none: then it is their row's
    if (type !== 'inline') continue
    for (const [at, line] of linesOf(children ?? []).entries()) {
      const message = explain(line)
      if (message) faults.push(new Fault(Number(env.firstLine ?? 1) + first + at, message))
    }
  }
  throwTogether(faults)
}

function explain(line: string): string | undefined {
  const [, sign, text, address = ''] =
    [...line.matchAll(ADDRESS)].find(([, , , each]) => /\s/.test(each ?? '')) ?? []
  if (text !== undefined) return sign ? explainPicture(text, address) : explainLink(text, address)
  const [, alt, picture] = SPACE_BEFORE.exec(line) ?? []
  if (picture === undefined) return undefined
  return `a picture has a space between ] and (, so it isn’t one: write ![${alt}](${picture}), ${OR_SHOW}`
}

function explainPicture(alt: string, address: string): string {
  const [, picture] = SIZED.exec(address) ?? []
  if (picture !== undefined)
    return `a picture can’t be given a size, so it isn’t one: save it as large as it is to be shown, and write ![${alt}](${picture}), ${OR_SHOW}`
  const [, written = '', title = ''] = ADDRESS_AND_TITLE.exec(address.trim()) ?? []
  const path = written.replace(/^<|>$/g, '').replaceAll('\t', ' ') // no file's name has a tab
  const encoded = path.replace(UNENCODED, (each) => encodeURIComponent(each))
  return `the path of a picture has spaces, so it isn’t one: write ![${alt}](<${path}>${title}) or ![${alt}](${encoded}${title}), ${OR_SHOW}`
}

function explainLink(text: string, address: string): string {
  const [, number = '', title = ''] = ADDRESS_AND_TITLE.exec(address.trim()) ?? []
  if (!/^<?tel:/i.test(number)) return A_LINK
  return `the address of a link has spaces, so it isn’t one: write [${text}](${number.replace(/[\s<>]/g, '')}${title}), ${OR_SHOW}`
}
