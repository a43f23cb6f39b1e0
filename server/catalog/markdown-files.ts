import { readdirSync } from 'node:fs'
import { parse } from 'node:path'

/**
 * Lists the Markdown files of a folder, sorted. Some programs write the end of a name in capitals. Names that begin with a dot
 * are those of editors and file systems, such as `._bread.md`.
 */
export function markdownFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.md$/i.test(name) && !name.startsWith('.'))
    .sort()
}

/** Returns the slug that a file has unless it states another: its name without the end. */
export function slugOf(fileName: string): string {
  return parse(fileName).name
}
