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

/** Fields written in YAML. `lineOf` finds the line of a field. */
export interface YamlFields {
  fields: Record<string, unknown>
  document: Document
  lines: LineCounter
  /** How many lines of the file come before the YAML */
  linesBefore: number
}

/** Leads to a value among the fields: ['price'], or ['sizes', 0] for the first entry of a list. */
export type FieldPath = readonly PropertyKey[]

// The parser notices a missing closing character only where the next field begins, or at the end.
const OPENINGS: Record<string, RegExp> = {
  MISSING_CHAR: /^[^:]*:\s+(["'])(?!.*\1\s*$)/,
  BAD_INDENT: /^[^:]*:\s+[[{](?!.*[\]}]\s*$)/,
}
const YAMLS_OWN = 'tag:yaml.org,2002:' // the long form of !!

/** Parses fields. YAML is data: nothing in it runs. Throws Fault. */
export function parseYaml(yaml: string, linesBefore: number): YamlFields {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, logLevel: 'error' })
  const faultAt = (line: number, message: string) => new Fault(line + linesBefore, message)
  const faults = document.errors.map((error) => {
    const line = findLine(error, yaml, lines)
    return faultAt(line, explainYaml(error, yaml.split(/\r?\n/)[line - 1] ?? ''))
  })
  throwTogether(faults.filter(isFirstOfLine))
  throwTogether(findLosses(document, yaml).map(({ at, loss }) => faultAt(lines.linePos(at).line, loss)))
  if (!isMap(document.contents))
    throw faultAt(1, 'the fields must be names with values, like title: A good read')
  return { fields: readFields(document, faultAt), document, lines, linesBefore }
}

/**
 * Finds text that YAML takes for something else and leaves out, without a word: a comment behind a text, and what begins with
 * a sign of YAML's own.
 */
function findLosses(document: Document, yaml: string): { at: number; loss: string }[] {
  const losses: { at: number; loss: string }[] = []
  visit(document, {
    Node(_key, node) {
      const loss = findLoss(node, yaml)
      if (loss) losses.push({ at: node.range?.[0] ?? 0, loss })
    },
  })
  return losses
}

function findLine({ code, pos }: YAMLParseError, yaml: string, lines: LineCounter): number {
  const opening = OPENINGS[code]
  const at = opening ? yaml.split(/\r?\n/).findIndex((line) => opening.test(line)) : -1
  return at < 0 ? lines.linePos(pos[0]).line : at + 1
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
export function lineOf({ document, lines, linesBefore }: YamlFields, path: FieldPath): number {
  const at = stepsTo(document, path).at(-1)?.name.range?.[0]
  return at === undefined ? 1 : lines.linePos(at).line + linesBefore
}

/** Returns the name of a field as it is written: 1e5, whose name is 100000, because YAML takes it for a number. */
export function nameAsWritten({ document }: YamlFields, name: string): string {
  return sourceOf(stepsTo(document, [name])[0]?.name) ?? name
}

/** Returns a value as it is written: 007, which YAML takes for the number 7. A value that isn't there is empty. */
export function valueAsWritten({ document }: YamlFields, path: FieldPath): string {
  return sourceOf(stepsTo(document, path)[path.length - 1]?.value) ?? ''
}

/** Returns the name of each step of a path, or the entry of a list, and its value, as far as they exist. */
function stepsTo(document: Document, path: FieldPath): { name: Node; value: unknown }[] {
  const steps: { name: Node; value: unknown }[] = []
  let value: unknown = document.contents
  for (const step of path) {
    const pair = isMap(value) && value.items.find(({ key }) => isNamed(key, step))
    const name = pair ? pair.key : isSeq(value) && value.items[Number(step)]
    if (!isNode(name)) break
    value = pair ? pair.value : name
    steps.push({ name, value })
  }
  return steps
}

function sourceOf(node: unknown): string | undefined {
  return isScalar(node) ? node.source : undefined
}

function isNamed(key: unknown, name: PropertyKey): boolean {
  return isScalar(key) && String(key.value ?? '') === String(name)
}

/** Aliases, which could make a short text a huge one, are faults already. */
function readFields(
  document: Document,
  faultAt: (line: number, message: string) => Fault,
): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw faultAt(1, `the fields cannot be read: ${(error as Error).message}`)
  }
}
