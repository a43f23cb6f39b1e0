import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

/** The real path of a file, so that a link counts as the file that it leads to, and the line that names it. */
export interface FileInUse {
  path: string
  line: number
}

/** Returns the absolute path of a file that a product names. It must be inside the catalogue's folder, even through links. */
export function findFile(name: string, folder: string, fault: (message: string) => Error): string {
  if (/^https?:/i.test(name))
    throw fault(
      `pages show and sell files of this shop only: save ${name} inside ${folder}, and write its path there`,
    )
  const path = resolve(folder, name)
  if (!existsSync(path)) throw fault(`the file ${join(folder, name)} is missing`)
  const found = statSync(path)
  if (!found.isFile())
    throw fault(
      `${join(folder, name)} is ${found.isDirectory() ? 'a folder' : 'a device or a pipe'}, not a file`,
    )
  if (!realpathSync(path).startsWith(realpathSync(folder) + sep))
    throw fault(`the file ${name} is outside ${folder}`)
  return path
}
