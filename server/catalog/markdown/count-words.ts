import { once } from '../../once.ts'
import { type Text, textOf } from './text.ts'

const BEGINS_A_WORD = String.raw`\p{L}\p{N}`
const MARKS = String.raw`\p{M}\p{Cf}`
// Scripts that put no spaces between words, and for which ICU has a dictionary.
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{sc=${script}}`)
  .join('')

// A run of one of these scripts, or letters and digits up to the next space.
const RUN = new RegExp(`[${UNSPACED}][${UNSPACED}${MARKS}ー]*|[${BEGINS_A_WORD}][^\\s${UNSPACED}]*`, 'gu')
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u')

// Made for the first text that needs it: ICU's dictionaries take 30 MB.
const segmenter = once(() => new Intl.Segmenter('en', { granularity: 'word' }))

/** Counts the words that people read, in any script. */
export function countWords(text: Text): number {
  return text.reduce((sum, token) => sum + countIn(textOf(token)), 0)
}

function countIn(text: string): number {
  const runs = text.match(RUN) ?? []
  return runs.reduce((sum, run) => sum + (IS_UNSPACED.test(run) ? countSegments(run) : 1), 0)
}

function countSegments(run: string): number {
  return [...segmenter().segment(run)].filter(({ isWordLike }) => isWordLike).length
}
