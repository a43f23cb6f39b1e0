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
  type Scalar,
  visit,
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

const YAMLS_OWN = 'tag:yaml.org,2002:' // the long form of !!

/** Parses fields. YAML is data: nothing in it runs. `example`: a field for errors to show. Throws Fault. */
export function parseYaml(yaml: string, linesBefore: number, example: string): YamlFields {
  const lines = new LineCounter()
  // The parser puts the error of a field that appears twice on an empty one before it, so findLosses looks for them.
  const document = parseDocument(yaml, { lineCounter: lines, logLevel: 'error', uniqueKeys: false })
  const faultAt = (line: number, message: string) => new Fault(line + linesBefore, message)
  throwTogether(
    document.errors
      .filter(firstWith(({ linePos }) => linePos?.[0].line)) // where the parser found it
      .map((error) => explainYaml(error, yaml, example))
      .filter(firstWith(({ line }) => line)) // where it is
      .map(({ line, message }) => faultAt(line, message)),
  )
  throwTogether(findLosses(document, yaml).map(({ at, loss }) => faultAt(lines.linePos(at).line, loss)))
  if (!isMap(document.contents)) throw faultAt(1, `the fields must be names with values, like ${example}`)
  return { fields: readFields(document, faultAt), document, lines, linesBefore }
}

/** Makes a filter for errors that are the first of their line; others often follow from it. */
function firstWith<T>(lineOf: (error: T) => number | undefined) {
  return (error: T, at: number, all: readonly T[]) =>
    all.findIndex((each) => lineOf(each) === lineOf(error)) === at
}

/**
 * Finds text that YAML takes for something else and leaves out, without a word: a comment behind a text, what begins with a
 * sign of YAML's own, and the first of two fields with the same name.
 */
function findLosses(document: Document, yaml: string): { at: number; loss: string }[] {
  const losses: { at: number; loss: string }[] = []
  visit(document, {
    Node(_key, node) {
      const loss = findLoss(node, yaml)
      if (loss) losses.push({ at: node.range?.[0] ?? 0, loss })
    },
    Pair(_key, { key }, path) {
      if (isScalar(key) && isRepeated(key, path.at(-1)))
        losses.push({ at: key.range?.[0] ?? 0, loss: `${key.source} appears twice: keep one of the two` })
    },
  })
  return losses
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

/** Returns whether an earlier field among the same ones has this name. */
function isRepeated(key: Scalar, fields: unknown): boolean {
  return (
    isMap(fields) &&
    fields.items.find((pair) => isScalar(pair.key) && pair.key.value === key.value)?.key !== key
  )
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
