import dotenv from 'dotenv'
import { ConfigError } from './config-error.ts'
import { describeMisspelling } from './setting-names.ts'

/** A line, or the lines of an assignment whose quoted value spans several. */
export interface Statement {
  line: number
  text: string
}

// As in dotenv: `export` is optional, and a colon may replace the = if a space follows.
const ASSIGNMENT = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:[^\S\n])[^\S\n]*/
const COMMENT_OR_BLANK = /^\s*(?:#|$)/
const COMMENT_OR_END = /^\s*(?:#.*)?$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: UTF-16 without a byte order mark is full of them
const CONTROL_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]/

/**
 * Parses the text of an env file as dotenv does, but rejects what dotenv would skip or misread. Throws a ConfigError that
 * lists all errors, each with the file's path and the line.
 */
export function parseEnvText(text: string, path: string): Record<string, string> {
  const values: Record<string, string> = {}
  const errors: string[] = []
  const lineOf = new Map<string, number>()
  for (const statement of splitStatements(text)) {
    const error = findError(statement, lineOf)
    if (error) errors.push(`${path}:${statement.line}: ${error}`)
    else Object.assign(values, dotenv.parse(statement.text))
  }
  if (errors.length > 0) throw new ConfigError(errors.join('\n'))
  return values
}

export function splitLines(text: string): string[] {
  return text.split(/\r\n?|\n/)
}

/** Splits the text of an env file into its assignments. Comments and blank lines are left out. */
export function splitStatements(text: string): Statement[] {
  const lines = splitLines(text)
  const statements: Statement[] = []
  for (let first = 0; first < lines.length; ) {
    const next = findNextStatement(lines, first)
    statements.push({ line: first + 1, text: lines.slice(first, next).join('\n') })
    first = next
  }
  return statements.filter((statement) => !COMMENT_OR_BLANK.test(statement.text))
}

/** Returns the index of the line after this statement. A quote that is never closed takes the rest of the file. */
function findNextStatement(lines: string[], first: number): number {
  const { value, quote } = splitAssignment(lines[first] ?? '')
  if (!quote || value.includes(quote, 1)) return first + 1
  const closing = lines.findIndex((line, index) => index > first && line.includes(quote))
  return closing === -1 ? lines.length : closing + 1
}

export function splitAssignment(text: string) {
  const [head = '', name] = ASSIGNMENT.exec(text) ?? []
  const value = text.slice(head.length)
  return { head, name, value, quote: name && /^['"`]/.exec(value)?.[0] }
}

/** Messages may show a name, but no part of a value, since values may be secret. */
function findError({ line, text }: Statement, lineOf: Map<string, number>): string | undefined {
  if (CONTROL_CHARACTER.test(text))
    return 'the line has a control character. Remove it, or save the file as UTF-8.'
  const { head, name, value, quote } = splitAssignment(text)
  if (!name) return describeMissingName(text)
  const error = quote ? findErrorInQuoted(value, quote, line) : findErrorInUnquoted(head, value)
  if (error) return `${name}: ${error}`
  const earlier = lineOf.get(name)
  if (earlier) return `${name} is already set in line ${earlier}. Keep one of the two.`
  lineOf.set(name, line)
  const misspelling = describeMisspelling(name)
  if (misspelling) return `${name} ${misspelling}`
  // Catches whatever dotenv may skip for another reason, such as the name __proto__.
  return Object.hasOwn(dotenv.parse(text), name) ? undefined : `${name} cannot be set. Choose another name.`
}

function describeMissingName(text: string): string {
  return text.includes('=')
    ? 'the name before the = is invalid. Use letters from A to Z, digits and _ only.'
    : 'there is no =. Write NAME=value, or begin a comment with #.'
}

function findErrorInQuoted(value: string, quote: string, line: number): string | undefined {
  const closing = value.indexOf(quote, 1)
  if (closing === -1) return `the ${quote} before the value is never closed.`
  if (value[closing - 1] === '\\') return `a backslash does not escape ${quote}. Use another kind of quotes.`
  if (COMMENT_OR_END.test(value.slice(closing + 1))) return undefined
  const last = line + splitLines(value.slice(0, closing)).length - 1
  return `text follows the closing ${quote}${last > line ? ` in line ${last}` : ''}. Use another kind of quotes around the value.`
}

/** dotenv cuts an unquoted value at any #, so one that doesn't follow a space is probably part of it. */
function findErrorInUnquoted(head: string, value: string): string | undefined {
  const hash = value.indexOf('#')
  if (hash === -1 || /\s/.test((head + value)[head.length + hash - 1] ?? '')) return undefined
  return 'the # would start a comment. Put the value in quotes, or a space before the comment.'
}
