import { Fault } from './fault.ts'
import { parseYaml, type YamlFields } from './parse-yaml.ts'

/** One Markdown file, taken apart. */
export interface FrontMatter extends YamlFields {
  body: string
  /** The line of the file at which the body begins */
  bodyLine: number
}

/** Parses YAML between two lines of `---`, followed by Markdown. Throws Fault: `missing`, if there are no such lines. */
export function parseFrontMatter(text: string, missing: string): FrontMatter {
  const [whole, yaml] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text) ?? []
  if (whole === undefined || yaml === undefined || !text.startsWith(whole)) throw new Fault(1, missing)
  return {
    ...parseYaml(yaml, 1, 'title: A good read'),
    body: text.slice(whole.length),
    bodyLine: whole.split('\n').length,
  }
}
