import type { YAMLParseError } from 'yaml'

// What may begin a text in YAML only between quotation marks.
const OPENS = /^[-?:,[\]{}#&*!|>%@`]/
const QUOTE = /^["']/

/** Explains to people who write products what is wrong with a line of their fields, and what would be right. */
export function explainYaml({ code, message }: YAMLParseError, line: string): string {
  const [, name = '', value = ''] = /^\s*([^:]*)(?::(?:\s+(.*?))?\s*)?$/s.exec(line) ?? []
  switch (code) {
    case 'DUPLICATE_KEY':
      return `${name} appears twice: keep one of the two`
    case 'TAB_AS_INDENT':
      return 'the line begins with a tab: write the name of the field at its beginning'
    case 'BLOCK_AS_IMPLICIT_KEY':
      return value.includes(': ') ? sayColon(name, value) : INDENTED
    case 'MULTILINE_IMPLICIT_KEY':
      return FIELD_FORM
    case 'BAD_DQ_ESCAPE':
      return 'a backslash has a meaning of its own in double quotation marks: use single ones'
    case 'MISSING_CHAR':
      return /closing/.test(message)
        ? 'a text that begins with a quotation mark must end with one'
        : FIELD_FORM
    default:
      return explainBeginning(message, value)
  }
}

const FIELD_FORM = 'a field has a name, a colon and a space, like title: A good read'
const INDENTED =
  'the line is indented, as if it belonged to the one above: write each field at the beginning of its line'

function sayColon(name: string, value: string): string {
  return `put quotation marks around a text that contains ": ", like ${name}: ${JSON.stringify(value)}`
}

function explainBeginning(message: string, value: string): string {
  if (QUOTE.test(value))
    return 'there is more text after the closing quotation mark: put the other kind of quotation marks around the whole text'
  const [sign] = OPENS.exec(value) ?? []
  if (sign) return `put quotation marks around a text that begins with ${sign}`
  return `the fields are not valid YAML: ${message.split('\n')[0]}`
}
