import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { isPointer, LONGEST_POINTER } from './lfs-pointer.ts'
import { readBytes } from './read-text.ts'

/** The real path of a file, so that a link counts as the file that it leads to, and the line that names it. */
export interface FileInUse {
  path: string
  line: number
}

const BEGINNING = /^(?:\.{0,2}\/)+/ // of a path from the root, from the same folder, or from the one above

/** Returns the absolute path of a file that a product names. It must be inside the catalogue's folder, even through links. */
export function findFile(name: string, folder: string, fault: (message: string) => Error): string {
  if (/^https?:/i.test(name))
    throw fault(
      `pages show and sell files of this shop only: save ${name} inside ${folder}, and write its path there`,
    )
  const path = findEntry(name, folder, composed)
  if (path === undefined) throw fault(explainMissing(name, folder))
  const found = statSync(path)
  if (!found.isFile())
    throw fault(
      `${join(folder, name)} is ${found.isDirectory() ? 'a folder' : 'a device or a pipe'}, not a file`,
    )
  if (!realpathSync(path).startsWith(realpathSync(folder) + sep))
    throw fault(`the file ${name} is outside ${folder}`)
  if (found.size < LONGEST_POINTER && isPointer(readBytes(path, fault)))
    throw fault(`the file ${name} is only a pointer of Git LFS, not the file itself: run git lfs pull`)
  return path
}

/** Suggests the file that the author may have meant, with a path as other programs write it. */
function explainMissing(name: string, folder: string): string {
  const bare = name.replaceAll('\\', '/').replace(BEGINNING, '')
  const own = `${basename(folder)}/`
  const within = bare.startsWith(own) ? bare.slice(own.length) : bare
  const lower = (each: string) => composed(each).toLowerCase()
  const alike = findEntry(bare, folder, lower) ?? findEntry(within, folder, lower)
  if (alike === undefined) return `the file ${join(folder, name)} is missing`
  const found = relative(folder, alike).replaceAll(sep, '/')
  return lower(found) === lower(name)
    ? `the file ${join(folder, name)} is missing, but there is ${join(folder, found)}: write the same capital letters`
    : `paths begin at ${folder}/, without a slash, and have / between their parts: write ${found}, not ${name}`
}

/** Macs send `é` as two characters in the names of files, and keyboards type it as one. */
function composed(name: string): string {
  return name.normalize()
}

/** Returns the path of what has this name or, if nothing has, of the first inside the folder whose name has the same key. */
function findEntry(name: string, folder: string, keyOf: (name: string) => string): string | undefined {
  const path = resolve(folder, name)
  if (existsSync(path)) return path
  let found: string | undefined = resolve(folder)
  for (const step of relative(folder, path).split(sep))
    found = found === undefined || step === '..' ? undefined : findIn(found, step, keyOf)
  return found
}

function findIn(folder: string, name: string, keyOf: (name: string) => string): string | undefined {
  if (existsSync(join(folder, name))) return join(folder, name)
  const found = namesIn(folder).find((each) => keyOf(each) === keyOf(name))
  return found === undefined ? undefined : join(folder, found)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // a file, or a folder that may not be read: nothing is found in it
  }
}
