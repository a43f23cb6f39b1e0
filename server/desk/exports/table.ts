// Without it, spreadsheets read a file as one in the encoding of their own country.
const BYTE_ORDER_MARK = '\ufeff'

/** What each column of a table has for a cell, in their order: docs/exports.md explains them. What is missing leaves a field empty. */
export type Columns<Cell> = Record<string, (cell: Cell) => string | null | undefined>

/** Writes the beginning of a table for spreadsheets (RFC 4180): a line with the names of its columns. */
export function headOf<Cell>(columns: Columns<Cell>): string {
  return BYTE_ORDER_MARK + toLine(Object.keys(columns))
}

/** Writes a line of the table. */
export function lineOf<Cell>(columns: Columns<Cell>, cell: Cell): string {
  return toLine(Object.values(columns).map((column) => column(cell) ?? ''))
}

function toLine(fields: readonly string[]): string {
  return `${fields.map(quote).join(',')}\r\n`
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

// Spreadsheets calculate what begins like this, some of them also with the wide characters of East Asia. In countries
// where a comma separates decimals, they split lines at semicolons, even within quotes that began after a comma.
const FORMULA_BEGINS = /(^|;)(\s*)(?=[=+\-@＝＋－＠])/g
// An amount, a date, a time or a truth value as well, as English spreadsheets write them. 007 would lose its zeros, and MAY-10
// would become the tenth of May.
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const IN_NUMBERS = String.raw`[\s\d.,:/%()\p{Sc}+-]|(?<=[\d.\s])e(?=[+-]?\d)|(?<=\d)t(?=\d)|[ap]m|${MONTH}`
const LOOKS_LIKE_A_NUMBER = new RegExp(String.raw`^(?:true|false|(?=.*\d)(?:${IN_NUMBERS})+)$`, 'iu')

// Either of those is possible; most texts are plain, and this takes a fifth of the time.
const MAY_MEAN_SOMETHING = new RegExp(String.raw`^[^\p{L}]|[;\p{Cc}]|^(?:true$|false$|${MONTH})`, 'iu')

/** Returns a text that a spreadsheet shows and doesn't calculate: an apostrophe precedes what it would take for something else. */
export function asText(text: string): string {
  if (!MAY_MEAN_SOMETHING.test(text)) return text
  const line = text.replace(/\p{Cc}+/gu, ' ')
  return LOOKS_LIKE_A_NUMBER.test(line) ? `'${line}` : line.replace(FORMULA_BEGINS, "$1$2'")
}
