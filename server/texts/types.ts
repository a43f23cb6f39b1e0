import type { en } from './en.ts'
import type { ENGLISH_ONLY } from './english-only.ts'

/** Everything that the shop says to people, by key. A language is a file like `en.ts`. */
export type Texts = typeof en

/** A language file's own part of the texts: what buyers meet. */
export type Translation = Omit<Texts, 'desk' | 'errors' | 'problems'> & {
  errors: Omit<Texts['errors'], (typeof ENGLISH_ONLY)['errors'][number]>
  problems: Omit<Texts['problems'], (typeof ENGLISH_ONLY)['problems'][number]>
}
