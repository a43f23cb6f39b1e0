import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

/** A file that a product names → its absolute path. It must lie inside the catalogue's folder, wherever links lead. */
export function findFile(name: string, folder: string, fault: (message: string) => Error): string {
  const path = resolve(folder, name)
  if (!existsSync(path) || !statSync(path).isFile()) throw fault(`the file ${join(folder, name)} is missing`)
  if (!realpathSync(path).startsWith(realpathSync(folder) + sep))
    throw fault(`the file ${name} lies outside of ${folder}`)
  return path
}
