import { once } from '../once.ts'

type MessageFormat = typeof import('intl-messageformat')['IntlMessageFormat']

let format: MessageFormat | undefined

/**
 * Loads the package that reads ICU messages. It is loaded with the first page, not at the start, since it takes memory:
 * docs/decisions/022-memory-at-rest.md.
 */
export async function loadPlurals(): Promise<void> {
  format ??= (await import('intl-messageformat')).IntlMessageFormat
}

/** A message about a number `n`, in ICU's syntax with the language's own plural forms: `{n, plural, one {# word} other {# words}}`. */
export function plural(language: string, message: string): (n: number) => string {
  const parsed = once(() => {
    if (!format) throw new TypeError('A message with a plural was needed before loadPlurals')
    return new format(message, language)
  })
  return (n) => String(parsed().format({ n }))
}
