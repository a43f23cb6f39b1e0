import { statSync } from 'node:fs'
import { readBeginning } from './read-text.ts'

const BEGINNING = 4_096 // bytes; an SVG may have a comment before its first element

const BEGINNINGS = {
  png: /^\x89PNG/,
  jpg: /^\xff\xd8\xff/,
  webp: /^RIFF.{4}WEBP/s,
  avif: /^.{4}ftyp(?:avi[fs]|m[is]f1)/s,
  svg: /<svg[\s>]/,
}

/** What a picture must be. `types` are ends of file names, and `isNone` says that a file has none of them. */
export interface PictureRules {
  maxBytes: number
  types: readonly string[]
  isNone: string
}

/**
 * Throws if a picture is larger than it may be, or if so large a file is no picture. Reads its beginning at most. `fault` makes
 * an error from a description of what is wrong.
 */
export function assertSmall(
  path: string,
  { maxBytes, types, isNone }: PictureRules,
  fault: (message: string) => Error,
): void {
  if (statSync(path).size <= maxBytes) return
  const beginning = readBeginning(path, BEGINNING, fault).toString('latin1')
  const isPicture = Object.entries(BEGINNINGS).some(
    ([type, is]) => types.includes(type) && is.test(beginning),
  )
  if (!isPicture) throw fault(isNone)
  const advice = types.includes('webp') ? ', for example as WebP' : ''
  throw fault(`the picture is larger than ${maxBytes / 1_000} kB; save a smaller version${advice}`)
}
