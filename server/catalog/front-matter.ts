import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'

/** One Markdown file, taken apart. `lineOf` answers where a field stands, counted from 1. */
export interface FrontMatter {
  fields: Record<string, unknown>
  body: string
  lineOf(field: string | undefined): number
}

/** What is wrong with one file, and where. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** YAML between two lines of `---`, then Markdown. YAML is data: nothing in it runs. Throws Fault. */
export function parseFrontMatter(text: string): FrontMatter {
  const [whole, yaml] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text) ?? []
  if (whole === undefined || yaml === undefined || !text.startsWith(whole)) {
    throw new Fault(
      1,
      'a product begins with a line of ---, its fields (title, price, kind, summary), and another line of ---',
    )
  }
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, logLevel: 'error' })
  const lineAt = (offset: number) => lines.linePos(offset).line + 1 // the first --- is line 1
  const [broken] = document.errors
  if (broken)
    throw new Fault(lineAt(broken.pos[0]), `the fields are not valid YAML: ${broken.message.split('\n')[0]}`)
  if (!isMap(document.contents))
    throw new Fault(2, 'the fields are not a list of names and values, like title: A good read')
  const { items } = document.contents

  return {
    fields: readFields(document),
    body: text.slice(whole.length),
    lineOf(field) {
      const key = items.find((item) => isScalar(item.key) && item.key.value === field)?.key
      return isScalar(key) && key.range ? lineAt(key.range[0]) : 1
    },
  }
}

/** Without aliases, which could make a short text a huge one. */
function readFields(document: Document): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw new Fault(2, `the fields cannot be read: ${(error as Error).message}`)
  }
}
