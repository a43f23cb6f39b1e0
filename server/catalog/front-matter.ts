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
} from 'yaml'

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

const YAMLS_OWN = 'tag:yaml.org,2002:' // the long form of !!

/** What is wrong with one file, and where. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Parses YAML between two lines of `---`, followed by Markdown. YAML is data: nothing in it runs. Throws Fault. */
export function parseFrontMatter(text: string): FrontMatter {
  const [whole, yaml] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text) ?? []
  if (whole === undefined || yaml === undefined || !text.startsWith(whole)) {
    throw new Fault(
      1,
      'a product file starts with a line of ---, its fields (title, price, kind, summary), and another line of ---',
    )
  }
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, logLevel: 'error' })
  const [broken] = document.errors
  if (broken) {
    const [reason] = broken.message.split('\n')
    throw new Fault(lineAt(lines, broken.pos[0]), `the fields are not valid YAML: ${reason}`)
  }
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
  visit(document, {
    Node(_key, node) {
      const loss = findLoss(node, yaml)
      if (loss) throw new Fault(lineAt(lines, node.range?.[0] ?? 0), loss)
    },
  })
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
