import type { MarkdownIt, StateCore, Token } from 'markdown-it'
import { Fault, throwTogether } from '../fault.ts'
import { MARKERS } from './unused.ts'

const BETWEEN_CELLS = /(?<!\\)\|/ // as the parser splits a row, also in code
const AROUND_ROW = /^\||(?<!\\)\|$/g

/** Throws Fault for a row of a table with text in more cells than the table has columns, since Markdown leaves that out. */
export function checkRows(markdown: MarkdownIt): void {
  markdown.core.ruler.after('block', 'rows', check)
}

function check({ tokens, src, env }: StateCore): void {
  const lines = src.split('\n')
  const faults: Fault[] = []
  let columns = 0
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'thead_open') columns = countColumns(tokens, at)
    if (token.type !== 'tr_open' || !token.map) continue
    const [line] = token.map
    const cells = cellsIn(lines[line] ?? '')
    const message = `this row has ${cells.length} cells, but the table ${columns} columns, so the rest isn’t shown: write \\| for a | in a cell`
    if (cells.slice(columns).some((cell) => cell.trim() !== ''))
      faults.push(new Fault(Number(env.firstLine ?? 1) + line, message))
  }
  throwTogether(faults)
}

function countColumns(tokens: readonly Token[], from: number): number {
  const end = tokens.findIndex(({ type }, at) => at > from && type === 'thead_close')
  return tokens.slice(from, end).filter(({ type }) => type === 'th_open').length
}

function cellsIn(line: string): string[] {
  return line.replace(MARKERS, '').trim().replace(AROUND_ROW, '').split(BETWEEN_CELLS)
}
