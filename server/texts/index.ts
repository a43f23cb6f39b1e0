import { en } from './en.ts'

/** Everything that the shop says to people, by key. A language is a file like `en.ts`. */
export type Texts = typeof en

/** How a visitor reads: the words of the pages, and the BCP 47 tag by which prices and dates are formatted. */
export interface Language {
  texts: Texts
  locale: string
}

/** Returns what exactly was wrong, in the language of the given texts. */
export type Detail = (errors: Texts['errors']) => string

export { en }
