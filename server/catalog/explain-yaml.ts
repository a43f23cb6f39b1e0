import type { YAMLParseError } from 'yaml'

// What may begin a text in YAML only between quotation marks.
const OPENS = /^[-?:,[\]{}#&*!|>%@`]/
const QUOTE = /^["']/
const COLON = /:(?:\s|$)/
const COLLECTION = /^[[{].*[,:]/ // rather than a text that begins with a bracket
const FIELD_OR_ENTRY = /^\s*(?:-|[^#]*:)(?:\s|$)/

/** An error, and the text around it. `line`: the one at fault. `before`: what comes before the error in its own line. */
interface Place {
  message: string
  line: string
  above: readonly string[]
  before: string
  sign: string
  example: string
}

/**
 * Explains to people who write products which line of their fields is wrong, what is wrong with it, and what would be right.
 * `example`: a field that would be right there.
 */
export function explainYaml(
  error: YAMLParseError,
  yaml: string,
  example: string,
): { line: number; message: string } {
  const lines = yaml.split(/\r?\n/)
  const line = findLine(error, yaml, lines)
  const [at] = error.pos
  const explanation = explain(error.code, {
    message: error.message,
    line: lines[line - 1] ?? '',
    above: lines.slice(0, line - 1),
    before: yaml.slice(0, at).split('\n').at(-1) ?? '',
    sign: yaml.charAt(at),
    example,
  })
  return { line, message: explanation }
}

/** The parser notices a missing closing character late, and a line that is indented too far already in the one above. */
function findLine({ code, message, pos: [at] }: YAMLParseError, yaml: string, lines: string[]): number {
  const opening = openingOf(message)
  const line = lineAt(yaml, opening ? yaml.lastIndexOf(opening, at - 1) : at)
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' || COLON.test(valueIn(lines[line - 1]))) return line
  const below = lines.slice(line).findIndex((text) => COLON.test(text))
  return line + below + 1
}

/** Returns the character whose closing one is missing. */
function openingOf(message: string): string | undefined {
  const [, quote, collection] = /closing (["'])|^Flow (sequence|map)/.exec(message) ?? []
  return quote ?? (collection && (collection === 'map' ? '{' : '['))
}

function lineAt(yaml: string, at: number): number {
  return yaml.slice(0, at).split('\n').length
}

function valueIn(line = ''): string {
  return /^[^:]*:\s+(.*?)\s*$/.exec(line)?.[1] ?? ''
}

function explain(code: string, place: Place): string {
  if (isCutInCollection(place.line)) return CUT
  switch (code) {
    case 'TAB_AS_INDENT':
      return sayTab(place)
    case 'BLOCK_AS_IMPLICIT_KEY':
      return COLON.test(valueIn(place.line)) ? sayColon(place.line) : sayIndent(place)
    case 'BLOCK_IN_FLOW':
      return COMMA
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
      return sayQuote(place.sign)
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return sayMissing(place)
    case 'BAD_INDENT':
      return openingOf(place.message) ? sayMissing(place) : sayIndent(place)
    case 'BAD_DQ_ESCAPE':
      return 'a backslash has a meaning of its own in double quotation marks: use single ones'
    case 'MULTIPLE_DOCS':
      return 'the line of --- would begin other fields: remove it'
    default:
      return explainToken(place)
  }
}

const CUT =
  '# begins a comment, so the rest of the line is missing: leave the # out, as tags have none, or put quotation marks around the text'

const COMMA = 'write a comma between two values, and quotation marks around a text that contains ": "'

/** Fields without indentation may only follow one another; those of a field are indented, with spaces. */
function sayTab({ above }: Place): string {
  const last = above.findLast((line) => /^[^\t]/.test(line)) ?? ''
  return /^ |:\s*$/.test(last)
    ? 'the line begins with a tab: indent it with spaces instead'
    : 'the line begins with a tab: write the name of the field at its beginning'
}

function sayColon(line: string): string {
  const [name] = line.trim().split(':')
  return `put quotation marks around a text that contains ": ", like ${name}: ${JSON.stringify(valueIn(line))}`
}

function sayIndent({ above }: Place): string {
  return /^\s/.test(above.findLast((line) => FIELD_OR_ENTRY.test(line)) ?? '')
    ? 'the line belongs to those above, but is not indented as they are: indent it as far as the line above'
    : 'the line is indented, as if it belonged to the one above: write each field at the beginning of its line'
}

function sayQuote(beginning: string): string {
  return `put quotation marks around a text that begins with ${beginning}`
}

function sayMissing({ message, line, before, example }: Place): string {
  const opening = openingOf(message)
  if (opening === undefined)
    return /flow/.test(message) || isInCollection(before)
      ? COMMA
      : `a field has a name, a colon and a space, like ${example}`
  if (QUOTE.test(opening)) return 'a text that begins with a quotation mark must end with one'
  const missing = `the closing ${opening === '{' ? '}' : ']'} is missing`
  const value = valueIn(line)
  return value.startsWith(opening) && !COLLECTION.test(value)
    ? `${missing}; or ${sayQuote(opening)}`
    : missing
}

function explainToken({ message, line, above, before, sign }: Place): string {
  const value = valueIn(line)
  if (QUOTE.test(value) || (isInCollection(before) && /["']\s*$/.test(before)))
    return 'there is more text after the closing quotation mark: put the other kind of quotation marks around the whole text'
  if (isInCollection(before)) return COMMA
  if (/flow-(?:map|seq)-end/.test(message)) return `there is a ${sign} too many`
  if (COLLECTION.test(value)) return 'there is more text after the closing bracket: remove it'
  const [beginning] = OPENS.exec(value) ?? []
  if (beginning) return sayQuote(beginning)
  return /^\s/.test(above.find((text) => FIELD_OR_ENTRY.test(text)) ?? '')
    ? 'the fields above are indented, and this one is not: write each field at the beginning of its line'
    : `the fields are not valid YAML: ${message.split('\n')[0]}`
}

/** Returns whether a text ends between brackets. */
function isInCollection(before: string): boolean {
  const count = (sign: RegExp) => before.match(sign)?.length ?? 0
  return count(/[[{]/g) > count(/[\]}]/g)
}

/** Returns whether a comment begins between brackets, as in `[#bread]`. */
function isCutInCollection(line: string): boolean {
  const comment = /[[{,\s]#/.exec(line)
  return comment !== null && isInCollection(line.slice(0, comment.index + 1))
}
