import { pino } from 'pino'

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them
const CONTROL_CHARACTERS = /[\0-\x09\x0b-\x1f\x7f-\x9f]/g

interface Entry {
  level: number
  time: string
  msg?: string
  alert?: boolean
  err?: { stack?: string }
  [fact: string]: unknown
}

/** Turns a line of the log, which is JSON, into one for people: `12:30:05 WARN  message (fact: value)`. */
export function toReadable(line: string): string {
  const { level, time, msg = '', alert, err, ...facts } = JSON.parse(line) as Entry
  const word = alert ? 'ALERT' : (pino.levels.labels[level] ?? '').toUpperCase()
  const details = Object.entries(facts).map(([name, value]) => `${name}: ${asText(value)}`)
  const rest = details.length > 0 ? ` (${details.join(', ')})` : ''
  const text = [`${time.slice(11, 19)} ${word.padEnd(5)} ${msg}${rest}`, err?.stack]
    .filter(Boolean)
    .join('\n')
  return `${text.replace(CONTROL_CHARACTERS, '')}\n`
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
