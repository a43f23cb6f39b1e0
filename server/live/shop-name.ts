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

/** Gives a shop without a name one, above its other fields. Throws a LiveError. */
export function writeName(path: string, name: string): void {
  const source = existsSync(path) ? readFileSync(path, 'utf8') : NEW_FILE
  const { contents } = parseDocument(source)
  const at = contents?.range?.[0] ?? source.length
  const named = `${source.slice(0, at)}name: ${stringify(name, { lineWidth: 0 })}${source.slice(at)}`
  const { errors, contents: fields } = parseDocument(named)
  if (errors.length > 0 || !isMap(fields) || String(fields.get('name')) !== name)
    throw new LiveError(
      `${path}: the name can’t be written there by a program. Write it yourself: name: ${name}`,
    )
  const draft = `${path}.${process.pid}.new`
  writeFileSync(draft, named, { flag: 'wx' })
  renameSync(draft, path)
}
