import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { once } from '../../once.ts'

/** The parts of the fonts, by their packages: each is a file for some of Unicode's characters. The first that has one is used. */
const FONTS = {
  'noto-sans': ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese', 'devanagari'],
  'noto-sans-arabic': ['arabic'],
}

interface Part {
  /** Absolute */
  path: string
  /** What stands for its characters between the brackets of a pattern */
  characters: string
}

const parts = once(() => Object.entries(FONTS).flatMap(([font, names]) => partsOf(font, names)))
const covered = once(() => {
  const characters = parts().map((part) => part.characters)
  return new RegExp(`^[\\s${characters.join('')}]*$`, 'u')
})

/** Returns whether there is a font for each character of a text. */
export function hasFonts(text: string): boolean {
  return covered().test(text.normalize())
}

/** Returns the paths of the font files that a text needs. */
export function findFonts(text: string): string[] {
  const needed = [...text.normalize()].flatMap((character) => {
    const part = parts().find(({ characters }) => new RegExp(`[${characters}]`, 'u').test(character))
    return part ? [part.path] : []
  })
  return [...new Set(needed)]
}

function partsOf(font: string, names: readonly string[]): Part[] {
  const { resolve } = createRequire(import.meta.url)
  const folder = `@fontsource-variable/${font}`
  const ranges: Record<string, string> = JSON.parse(readFileSync(resolve(`${folder}/unicode.json`), 'utf8'))
  return names.map((name) => ({
    path: resolve(`${folder}/files/${font}-${name}-wght-normal.woff2`),
    characters: asCharacters(ranges[name] ?? ''),
  }))
}

/** `U+0000-00FF,U+0131` → `\u{0000}-\u{00FF}\u{0131}` */
function asCharacters(ranges: string): string {
  return ranges
    .replace(/U\+|,/g, (sign) => (sign === ',' ? ' ' : ''))
    .replace(/[0-9A-F]+/g, '\\u{$&}')
    .replaceAll(' ', '')
}
