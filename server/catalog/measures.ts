import { extname } from 'node:path'
import { once } from '../once.ts'

const WORDS_PER_MINUTE = 220

// Not made at the start, which would wait for ICU's data: docs/decisions/022-memory-at-rest.md.
const count = once(() => new Intl.NumberFormat('en'))
const bytes = size('byte')
const SIZES = [
  { from: 1_000_000_000, format: size('gigabyte') },
  { from: 1_000_000, format: size('megabyte') },
  { from: 1_000, format: size('kilobyte') },
  { from: 1, format: bytes },
]

/** 440 → `2 min`; never less than one. */
export function readingTime(words: number): string {
  return `${Math.max(1, Math.round(words / WORDS_PER_MINUTE))} min`
}

/** 1200 → `1,200 words`, or `1,200 more words`. */
export function counted(words: number, more = ''): string {
  return [count().format(words), more, words === 1 ? 'word' : 'words'].filter(Boolean).join(' ')
}

/** A file's type and size: `CSV, 1.2 kB`. */
export function extentOf(file: { name: string; bytes: number }): string {
  const type = extname(file.name).slice(1).toUpperCase()
  const { from, format } = SIZES.find((unit) => file.bytes >= unit.from) ?? { from: 1, format: bytes }
  return [type, format().format(file.bytes / from)].filter(Boolean).join(', ')
}

function size(unit: string): () => Intl.NumberFormat {
  return once(() => new Intl.NumberFormat('en', { style: 'unit', unit, maximumSignificantDigits: 2 }))
}
