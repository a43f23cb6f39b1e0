import { en } from './en.ts'

/** Everything that the shop says to people, by key. A language is a file like `en.ts`. */
export type Texts = typeof en

/** How somebody reads: the words of the pages, and the BCP 47 tag for what is formatted, such as prices. */
export interface Language {
  texts: Texts
  locale: string
}

/** Says what exactly was wrong, in the language of the texts that it is given. */
export type Detail = (errors: Texts['errors']) => string

export { en }
