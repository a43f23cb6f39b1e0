import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isMap, parseDocument, stringify } from 'yaml'
import { LiveError } from './live-error.ts'

const NEW_FILE = '# Whose shop this is. All fields are explained in docs/your-shop.md.\n'

/** Returns whether the shop has a name of its own. A file with faults is left alone: npm run check says what they are. */
export function hasName(path: string): boolean {
  if (!existsSync(path)) return false
  const { contents, errors } = parseDocument(readFileSync(path, 'utf8'))
  return errors.length > 0 || (contents !== null && !isMap(contents)) || (contents?.has('name') ?? false)
}

/** What shop.yaml will be, and where that is. */
export interface NamedShop {
  path: string
  text: string
}

/** Composes the file of a shop without a name with one, above its other fields. Writes nothing yet. Throws a LiveError. */
export function nameShop(path: string, name: string): NamedShop {
  const source = existsSync(path) ? readFileSync(path, 'utf8') : NEW_FILE
  const { contents } = parseDocument(source)
  const at = contents?.range?.[0] ?? source.length
  const gap = at > 0 && contents === null && !source.endsWith('\n') ? '\n' : '' // a comment may be the file's last line
  const text = `${source.slice(0, at)}${gap}name: ${stringify(name, { lineWidth: 0 })}${source.slice(at)}`
  const { errors, contents: fields } = parseDocument(text)
  if (errors.length > 0 || !isMap(fields) || String(fields.get('name')) !== name)
    throw new LiveError(
      `${path}: the name can’t be written there by a program. Write it yourself, and run this again: name: ${name}. Nothing was changed.`,
    )
  return { path, text }
}

/** Writes the file as a whole. Throws a LiveError. */
export function writeNamedShop({ path, text }: NamedShop): void {
  const draft = `${path}.${process.pid}.new`
  try {
    writeFileSync(draft, text, { flag: 'wx' })
    renameSync(draft, path)
  } catch (cause) {
    throw new LiveError(
      `${path} can’t be written: ${(cause as Error).message}. The shop has no name yet, but its settings are in .env. Run this again as a user who may write there.`,
      { cause },
    )
  }
}
