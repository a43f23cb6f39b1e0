import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { isRenamed } from '../own-project.js'
import { Failure } from './failure.ts'
import { SAMPLES } from './samples.ts'

export const SHOP_YAML = 'catalog/shop.yaml'

/** The project as it is before it is renamed. */
export interface Project {
  folder: string
  manifest: {
    name: string
    version: string
    dependencies?: Record<string, string>
    devDependencies?: Record<string, string>
    workspaces?: string[]
  }
  isRenamed: boolean
  /** The shop's name so far, if it has one */
  shopName: string | undefined
  /** Who sells here, by shop.yaml */
  seller: string | undefined
  /** Those of the sample products that are still there, by their slugs */
  samples: string[]
  /** The contents of a file, or undefined if there is none */
  read(path: string): string | undefined
}

/** Reads the project in a folder. Throws Failure if that isn't one, or if its shop.yaml can't be read. */
export function readProject(folder: string): Project {
  const read = (path: string) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined
  const manifest = read('package.json')
  if (!manifest) throw new Failure('There is no package.json here: run it in the project’s own folder.')
  const shop = readShop(read(SHOP_YAML))
  return {
    folder,
    manifest: JSON.parse(manifest),
    isRenamed: isRenamed(folder),
    shopName: textOf(shop?.name),
    seller: textOf((shop?.seller as { name?: unknown } | undefined)?.name),
    samples: Object.keys(SAMPLES).filter((slug) => read(`catalog/${slug}.md`) !== undefined),
    read,
  }
}

/** The texts of the catalogue, apart from the sample products. */
export function readOwnTexts({ folder, samples, read }: Project): string[] {
  const names = existsSync(join(folder, 'catalog'))
    ? readdirSync(join(folder, 'catalog'), { recursive: true, encoding: 'utf8' })
    : []
  const own = names.filter(
    (name) => /\.(md|yaml)$/.test(name) && !samples.includes(name.replace(/\.md$/, '')),
  )
  return own.map((name) => read(`catalog/${name}`) ?? '')
}

function readShop(source: string | undefined): Record<string, unknown> | undefined {
  const document = parseDocument(source ?? '')
  if (document.errors.length === 0) return document.toJS() ?? undefined
  throw new Failure(`${SHOP_YAML} can’t be read. Run npm run check, and fix what it lists first.`)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
