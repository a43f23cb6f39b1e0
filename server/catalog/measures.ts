import { extname } from 'node:path'
import type { Texts } from '../texts/index.ts'

const WORDS_PER_MINUTE = 220

/** 440 words → `2 min`; never less than one. */
export function readingTime(words: number, { minutes }: Texts): string {
  return minutes(Math.max(1, Math.round(words / WORDS_PER_MINUTE)))
}

/** A file's type and size: `CSV, 1.2 kB`. */
export function extentOf({ name, bytes }: { name: string; bytes: number }, texts: Texts): string {
  const type = extname(name).slice(1).toUpperCase()
  const size = texts.size(bytes)
  return type ? texts.extent(type, size) : size
}
