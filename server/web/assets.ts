import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type RequestHandler, Router } from 'express'
import staticGzip from 'express-static-gzip'

/** Under which the shop's styles, scripts and pictures are reached. */
const PATH = '/assets'

export interface Assets {
  /** `'styles/index.css'` → `'/assets/styles/index-2XK3AQ7D.css'`. Throws TypeError if nothing of that name was built. */
  asset(name: string): string
  handler: RequestHandler
}

interface Options {
  /** What scripts/browser-code.js has made: files with hashed names, each compressed too, and manifest.json */
  folder: string
  /** Look for a newer build at every call: for development */
  reload: boolean
}

/** The browser's code was not built; the message says how it is. */
export class AssetsMissing extends Error {
  override readonly name = 'AssetsMissing'
}

/** The styles, scripts and pictures of the shop, kept by browsers for ever: their names change with their content. Throws AssetsMissing. */
export function openAssets({ folder, reload }: Options): Assets {
  const manifest = join(folder, 'manifest.json')
  let names = readManifest(manifest)
  let readAt = reload ? changedAt(manifest) : 0

  function asset(name: string): string {
    if (reload && changedAt(manifest) !== readAt) {
      readAt = changedAt(manifest)
      names = readManifest(manifest)
    }
    const built = names.get(name)
    if (!built)
      throw new TypeError(`No asset is called ${name}; those that are built: ${[...names.keys()].join(', ')}`)
    return `${PATH}/${built}`
  }

  return { asset, handler: Router().use(PATH, serveBuilt(folder)) }
}

function serveBuilt(folder: string): RequestHandler {
  return staticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index: false,
    serveStatic: { index: false, redirect: false, immutable: true, maxAge: '1y' },
  })
}

function readManifest(path: string): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>))
  } catch (cause) {
    throw new AssetsMissing(
      `Styles and scripts for the browser are not built: ${path} cannot be read. npm start and npm run dev build them by themselves; npm run build does only that.`,
      { cause },
    )
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
