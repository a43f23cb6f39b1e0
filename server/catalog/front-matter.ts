import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml'
import { explainYaml } from './explain-yaml.ts'
import { Fault, throwTogether } from './fault.ts'

/** One Markdown file, taken apart. `lineOf` finds the line of a field. */
export interface FrontMatter {
  fields: Record<string, unknown>
  body: string
  /** The line of the file at which the body begins */
  bodyLine: number
  document: Document
  lines: LineCounter
}

/** Leads to a value among the fields: ['price'], or ['sizes', 0] for the first entry of a list. */
export type FieldPath = readonly PropertyKey[]

// The parser notices a missing closing character only where the next field begins, or at the end.
const OPENINGS: Record<string, RegExp> = {
  MISSING_CHAR: /^[^:]*:\s+(["'])(?!.*\1\s*$)/,
  BAD_INDENT: /^[^:]*:\s+[[{](?!.*[\]}]\s*$)/,
}
const YAMLS_OWN = 'tag:yaml.org,2002:' // the long form of !!

/** Parses YAML between two lines of `---`, followed by Markdown. YAML is data: nothing in it runs. Throws Fault. */
export function parseFrontMatter(text: string): FrontMatter {
  const [whole, yaml] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text) ?? []
  if (whole === undefined || yaml === undefined || !text.startsWith(whole)) {
    throw new Fault(
      1,
      'a product file starts with a line of ---, its fields (title, price, kind, summary), and another line of ---. A file that isn’t a product, such as README.md, belongs elsewhere, or needs a name that does not end in .md',
    )
  }
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, logLevel: 'error' })
  throwTogether(document.errors.map((error) => toFault(error, yaml, lines)).filter(isFirstOfLine))
  checkLosses(document, yaml, lines)
  if (!isMap(document.contents))
    throw new Fault(2, 'the fields must be names with values, like title: A good read')
  const bodyLine = whole.split('\n').length
  return { fields: readFields(document), body: text.slice(whole.length), bodyLine, document, lines }
}

/**
 * Throws Fault for text that YAML takes for something else and leaves out, without a word: a comment behind a text, and what
 * begins with a sign of YAML's own.
 */
function checkLosses(document: Document, yaml: string, lines: LineCounter): void {
  const losses: Fault[] = []
  visit(document, {
    Node(_key, node) {
      const loss = findLoss(node, yaml)
      if (loss) losses.push(new Fault(lineAt(lines, node.range?.[0] ?? 0), loss))
    },
  })
  throwTogether(losses)
}

function toFault(error: YAMLParseError, yaml: string, lines: LineCounter): Fault {
  const all = yaml.split(/\r?\n/)
  const opening = OPENINGS[error.code]
  const at = opening ? all.findIndex((line) => opening.test(line)) : -1
  const line = at < 0 ? lines.linePos(error.pos[0]).line : at + 1
  return new Fault(line + 1, explainYaml(error, all[line - 1] ?? ''))
}

/** Returns whether an error is the first of its line; others often follow from it. */
function isFirstOfLine({ line }: Fault, at: number, all: readonly Fault[]): boolean {
  return all.findIndex((each) => each.line === line) === at
}

function findLoss(node: Node, yaml: string): string | undefined {
  const [start, end, whole] = node.range ?? [0, 0, 0]
  const comment = yaml.slice(end, whole).trim()
  if (isScalar(node) && node.type === 'PLAIN' && comment.startsWith('#'))
    return `everything from # on is a comment, so that ${end > start ? `only "${yaml.slice(start, end)}"` : 'nothing'} is left: put the whole text between quotation marks, or the comment on a line of its own`
  const anchor = !isAlias(node) && node.anchor
  if (anchor) return sayQuote(`&${anchor}`)
  if (isAlias(node)) return sayQuote(`*${node.source}`)
  return node.tag ? sayQuote(node.tag.replace(YAMLS_OWN, '!!')) : undefined
}

function sayQuote(beginning: string): string {
  return `${beginning} has a meaning of its own at the beginning of a text: put the whole text between quotation marks`
}

/** Returns the line of a field, counted from 1. If only the first steps of the path exist, it is theirs; if none does, 1. */
export function lineOf({ document, lines }: FrontMatter, path: FieldPath): number {
  let line = 1
  let node: unknown = document.contents
  for (const step of path) {
    const pair = isMap(node) && node.items.find(({ key }) => isScalar(key) && key.value === step)
    const named = pair ? pair.key : isSeq(node) && node.items[Number(step)]
    if (!isNode(named) || !named.range) break
    line = lineAt(lines, named.range[0])
    node = pair ? pair.value : named
  }
  return line
}

function lineAt(lines: LineCounter, offset: number): number {
  return lines.linePos(offset).line + 1 // the first --- is line 1
}

/** Aliases, which could make a short text a huge one, are faults already. */
function readFields(document: Document): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw new Fault(2, `the fields cannot be read: ${(error as Error).message}`)
  }
}
