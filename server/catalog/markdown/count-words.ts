import { once } from '../../once.ts'
import { type Text, textOf } from './text.ts'

// Letters and digits up to the next space.
const SPACED = /[\p{L}\p{N}]\S*/gu
// Scripts that put no spaces between words, and for which ICU has a dictionary.
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => String.raw`\p{sc=${script}}`)
  .join('')
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')
// Runs are short, because ICU takes four times as long for twice the text on Node 20.
const UNSPACED_RUN = new RegExp(String.raw`[${UNSPACED}][${UNSPACED}\p{M}\p{Cf}ー]{0,499}`, 'gu')

// Made for the first text that needs it: ICU's dictionaries take 30 MB.
const segmenter = once(() => new Intl.Segmenter('en', { granularity: 'word' }))

/** Counts the words that people read, in any script. */
export function countWords(text: Text): number {
  return text.reduce((sum, token) => sum + countIn(textOf(token)), 0)
}

function countIn(text: string): number {
  if (!HAS_UNSPACED.test(text)) return text.match(SPACED)?.length ?? 0
  const runs = text.match(UNSPACED_RUN) ?? []
  const others = text.replace(UNSPACED_RUN, ' ').match(SPACED) ?? []
  return runs.reduce((sum, run) => sum + countSegments(run), others.length)
}

function countSegments(run: string): number {
  return [...segmenter().segment(run)].filter(({ isWordLike }) => isWordLike).length
}
