import { readdirSync } from 'node:fs'
import { parse } from 'node:path'

// A language of its own, so that the order is the same on every machine.
const { compare } = new Intl.Collator('en', { numeric: true })

/** Compares the names of files as merchants count them: `part-2.md` comes before `part-10.md`. */
export function byName(one: string, other: string): number {
  return compare(slugOf(one), slugOf(other)) || (one < other ? -1 : 1)
}

/**
 * Lists the Markdown files of a folder, sorted. Some programs write the end of a name in capitals. Names that begin with a dot
 * are those of editors and file systems, such as `._bread.md`.
 */
export function markdownFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.md$/i.test(name) && !name.startsWith('.'))
    .sort(byName)
}

/** Returns the slug that a file has unless it states another: its name without the end. */
export function slugOf(fileName: string): string {
  return parse(fileName).name
}
