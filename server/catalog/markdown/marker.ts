import type { Env, MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it'
import { Fault } from '../fault.ts'
import { linesOf } from './text.ts'

const MARKER = /^<!--[ \t]*more[ \t]*-->[ \t]*$/
// Products have no other comments, since HTML is shown as text. Editors turn -- into a dash, input methods < into ＜, and
// some put invisible characters between them.
const COMMENT = /[<＜][\s\p{Cf}]*[!！][\s\p{Cf}]*[-\u2010-\u2015\u2212]/u
const BRACKETED_MORE = /^[^\p{L}\p{N}]*[<＜[{][^\p{L}\p{N}]*(?:read[\s_-]*)?more[^\p{L}\p{N}]*$/iu
// As writers divide texts: `--- more ---`, `%%more%%`. Words after dots and in quotation marks are text.
const RULED_MORE =
  /^[\p{Pd}%=*_~+#|:/\\$@^&(][\s\p{Cf}\p{Pd}%=*_~+#|:/\\$@^&(]*(?:read[\s_-]*)?more[\s\p{Cf}\p{Pd}%=*_~+#|:/\\$@^&)]+$/iu

export const LOOKALIKE =
  'this looks like the marker <!-- more -->, but isn’t. Write exactly that on a line of its own, outside of lists, quotations and code. To show it as text, put a backslash before its first character, as in \\<!-- (before both of {{ or [[), or put it in a span of code or in a fence that is closed.'
const CODE_INDENT = 4 // columns; https://spec.commonmark.org/0.31.2/#indented-code-blocks

/**
 * Adds the block `more` to Markdown: the line `<!-- more -->`, outside of everything else. Parsing then throws a Fault for
 * whatever only looks like it, since a missed marker would show everybody what is paid for. The environment's `firstLine`
 * is the line of the file at which the text begins.
 */
export function readMarkers(markdown: MarkdownIt): void {
  // In the place of blocks of HTML, which are switched off.
  markdown.block.ruler.at('html_block', readMarker, { alt: ['paragraph', 'reference', 'blockquote'] })
  // Before `text_join`, which would make `\<` the same as `<`.
  markdown.core.ruler.after('inline', 'marker', checkMarkers)
}

/** Ends whatever block comes before it. In a list or a quotation it isn't a marker, and becomes a paragraph of its own. */
function readMarker(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const indent = state.sCount[startLine] ?? 0
  if (indent - state.blkIndent >= CODE_INDENT) return false
  if (!MARKER.test(state.getLines(startLine, startLine + 1, indent, false))) return false
  if (silent) return true
  if (state.level > 0) return false
  state.line = startLine + 1
  state.push('more', '', 0).map = [startLine, state.line]
  return true
}

function checkMarkers({ tokens, src, env }: StateCore): void {
  const lines = splitLines(src)
  const [first, second] = tokens.filter(({ type }) => type === 'more')
  let place: [number, number] = [0, 0]
  for (const token of tokens) {
    place = token.map ?? place // a table's cells have none: then it is their row's
    if (hasLookalike(token, lines)) throw new Fault(toFileLine(env, findLine(place, lines)), LOOKALIKE)
  }
  if (first?.map && second?.map)
    throw new Fault(
      toFileLine(env, second.map[0]),
      `there is a second <!-- more -->, after the one in line ${toFileLine(env, first.map[0])}: only one can divide the text`,
    )
}

function toFileLine({ firstLine }: Env, line: number): number {
  return line + Number(firstLine ?? 1)
}

/** Returns the first line, counted from 0, of those from `start` to `end` that looks like a marker. */
function findLine([start, end]: [number, number], lines: string[]): number {
  const found = lines.slice(start, end).findIndex((line) => isLookalike(line) || line.includes('&'))
  return start + Math.max(0, found)
}

function hasLookalike(token: Token, lines: string[]): boolean {
  if (token.type === 'inline') return linesOf(token.children ?? []).some(isLookalike)
  if (token.type === 'code_block') return isLookalike(token.content.trim()) // indented by accident
  return token.type === 'fence' && !isClosed(token, lines) && token.content.split('\n').some(isLookalike)
}

function isLookalike(text: string): boolean {
  return COMMENT.test(text) || BRACKETED_MORE.test(text) || RULED_MORE.test(text)
}

function isClosed({ map, markup }: Token, lines: string[]): boolean {
  const [start, end] = map ?? [0, 0]
  const last = (lines[end - 1] ?? '').replace(/^[\s>]+/, '').trimEnd()
  return end - 1 > start && last.length >= markup.length && last === markup.charAt(0).repeat(last.length)
}

function splitLines(text: string): string[] {
  return text.split(/\r\n?|\n/)
}
