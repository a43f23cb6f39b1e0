// Reads the amounts that people type, in the digits and separators of their locale or of another one, and refuses what
// could mean two amounts. The shop itself only takes whole hundredths.

const DECIMAL_MARKS = ['.', ',', '٫']
const GROUP_MARKS = ['.', ',', '٬', ' ', "'"]
const WRITTEN_EVERYWHERE = ['en', 'en-001'] // `$` and `US$`, whatever the reader's language calls the dollar
const GROUP_MARKS_EVERYWHERE = ['', '٬', ' ', "'"] // none at all, or one that separates decimals nowhere

/** An amount in hundredths, or why the text is not one. */
export type Reading = { hundredths: number } | { problem: 'empty' | 'unclear' | 'ambiguous' | 'too-precise' }

/** How a locale writes amounts of a currency. */
interface Conventions {
  decimal: string
  group: string
  /** How many digits stand between two group marks, at the end of the whole part */
  groupSize: number
  /** How many decimals the currency usually has, but at least two */
  decimals: number
  /** The currency's symbols and its code in lower case */
  words: string[]
}

/** One way to understand a text: the digits before and after its decimal mark. */
interface Candidate {
  whole: string
  fraction: string
  isLocal: boolean
}

/**
 * Reads an amount of `currency` typed by somebody for whom prices are formatted in `locale`, a BCP 47 tag. Where the
 * text does not fit the locale's conventions, others are tried, and believed if only one fits: `1.50` in German.
 */
export function readAmount(typed: string, currency: string, locale: string): Reading {
  const conventions = conventionsOf(locale, currency)
  const text = withoutCurrency(plain(typed).trim(), conventions.words)
  if (text === '') return { problem: 'empty' }
  const candidates = understand(text, conventions)
  const local = candidates.filter((one) => one.isLocal && isPayable(one, conventions))
  const [chosen, another] = local.length > 0 ? local : candidates
  if (!chosen) return { problem: 'unclear' }
  if (another) return { problem: 'ambiguous' }
  return isPayable(chosen, conventions) ? { hundredths: toHundredths(chosen) } : { problem: 'too-precise' }
}

function conventionsOf(locale: string, currency: string): Conventions {
  const format = makeFormat(locale, currency, 'symbol')
  const parts = format.formatToParts(12_345_678.9)
  const find = (type: string) => parts.filter((part) => part.type === type).map(({ value }) => plain(value))
  const [decimal = ''] = find('decimal')
  const [group = ''] = find('group')
  return {
    decimal,
    group,
    groupSize: find('integer').pop()?.length || 3,
    decimals: format.resolvedOptions().maximumFractionDigits ?? 2,
    words: [locale, ...WRITTEN_EVERYWHERE].flatMap((each) => wordsFor(each, currency)),
  }
}

/** How a locale names a currency beside an amount, in lower case. */
function wordsFor(locale: string, currency: string): string[] {
  return (['symbol', 'narrowSymbol', 'code'] as const).map((display) => {
    const parts = makeFormat(locale, currency, display).formatToParts(1)
    return plain(parts.find(({ type }) => type === 'currency')?.value ?? '')
      .trim()
      .toLowerCase()
  })
}

function makeFormat(locale: string, currency: string, currencyDisplay: 'symbol' | 'narrowSymbol' | 'code') {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay,
    minimumFractionDigits: 2,
  })
}

/** Writes digits of every script as ASCII digits, marks that look alike as one, and drops what can't be seen. */
function plain(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\s/g, ' ')
    .replace(/[’ʼ‘`´]/g, "'")
    .replace(/．/g, '.')
    .replace(/[，،]/g, ',')
}

/** Unicode keeps the ten digits of each script together; only the mathematical ones follow one another without a gap. */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0
  let first = codePoint
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((codePoint - first) % 10)
}

/** Removes the currency from one end. `5 kr` is as good as `5 kr.`, the symbol of the Danish krone. */
function withoutCurrency(text: string, words: string[]): string {
  const lower = text.toLowerCase()
  const spellings = words
    .flatMap((word) => [word, word.replace(/\.$/, '')])
    .sort((a, b) => b.length - a.length)
  const word = spellings.find((each) => each !== '' && (lower.startsWith(each) || lower.endsWith(each)))
  if (!word) return text
  return (lower.startsWith(word) ? text.slice(word.length) : text.slice(0, -word.length)).trim()
}

/** Finds every way in which a text is an amount, whatever the locale. */
function understand(text: string, { decimal, group, groupSize }: Conventions): Candidate[] {
  const decimals = new Set(['', ...DECIMAL_MARKS, decimal])
  const groups = new Set(['', ...GROUP_MARKS, group])
  const localGroups = [...GROUP_MARKS_EVERYWHERE, group]
  return [...decimals].flatMap((d) =>
    [...groups]
      .filter((g) => g !== d || g === '')
      .map((g) => ({
        match: shape(d, g, g === group ? groupSize : 3).exec(text),
        isLocal: (d === '' || d === decimal) && localGroups.includes(g),
      }))
      .flatMap(({ match, isLocal }) => (match ? [asCandidate(match, isLocal)] : [])),
  )
}

/** Amounts whose digits are divided by exactly these marks. In India, all groups but the last have two digits. */
function shape(decimal: string, group: string, size: number): RegExp {
  const whole = group === '' ? '\\d+' : `[1-9]\\d{0,2}(?:[${group}]\\d{2,3})*[${group}]\\d{${size}}`
  if (decimal === '') return new RegExp(`^(${whole})$`)
  return new RegExp(group === '' ? `^(?=.*\\d)(\\d*)[${decimal}](\\d*)$` : `^(${whole})[${decimal}](\\d*)$`)
}

function asCandidate([, whole = '', fraction = '']: RegExpExecArray, isLocal: boolean): Candidate {
  return { whole: whole.replace(/\D/g, ''), fraction, isLocal }
}

/** Whole hundredths, even if they are written with the third decimal that a dinar usually has. */
function isPayable({ fraction }: Candidate, { decimals }: Conventions): boolean {
  return fraction.length <= decimals && /^\d{0,2}0*$/.test(fraction)
}

function toHundredths({ whole, fraction }: Candidate): number {
  return Math.min(Number(whole + fraction.slice(0, 2).padEnd(2, '0')), Number.MAX_SAFE_INTEGER)
}
