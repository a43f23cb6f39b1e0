import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aFolder } from './workplace.ts'

/** A catalogue's folder with the products of the tests, in a shop that says whose it is. */
export function aCatalogueOfOnesOwn() {
  const folder = join(aFolder(), 'catalog')
  cpSync('test/support/catalog', folder, { recursive: true })
  cpSync('test/support/own-catalog', folder, { recursive: true })
  return {
    folder,
    write: (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content),
    remove: (name: string) => rmSync(join(folder, name)),
  }
}
