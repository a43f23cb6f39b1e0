import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestHandler } from 'express'
import staticGzip from 'express-static-gzip'

/** The path at which browsers find the shop's styles, scripts and pictures. */
const PATH = '/assets'

export interface Assets {
  /** `'styles/index.css'` → `'/assets/styles/index-2XK3AQ7D.css'`. Throws TypeError if nothing of that name was built. */
  asset(name: string): string
  path: string
  handler: RequestHandler
}

interface Options {
  /** What scripts/browser-code.js has made: files with hashed names, each compressed too, and manifest.json */
  folder: string
  /** Look for a newer build at every call: for development */
  reload: boolean
}

/** The manifest as it was last read. */
interface Manifest {
  path: string
  reload: boolean
  names: Map<string, string>
  readAt: number
}

/** The browser's code was not built. The message says how to build it. */
export class AssetsMissing extends Error {
  override readonly name = 'AssetsMissing'
}

/** Opens the shop's styles, scripts and pictures. Browsers keep them for a year: other content has another name. Throws AssetsMissing. */
export function openAssets({ folder, reload }: Options): Assets {
  const path = join(folder, 'manifest.json')
  const manifest = { path, reload, names: readNames(path), readAt: reload ? changedAt(path) : 0 }
  return { asset: (name) => findAsset(manifest, name), path: PATH, handler: serveBuilt(folder) }
}

function findAsset(manifest: Manifest, name: string): string {
  if (manifest.reload) rereadIfChanged(manifest)
  const built = manifest.names.get(name)
  if (built) return `${PATH}/${built}`
  throw new TypeError(
    `No asset is called ${name}; the build has made ${[...manifest.names.keys()].join(', ')}`,
  )
}

function rereadIfChanged(manifest: Manifest): void {
  const changed = changedAt(manifest.path)
  if (changed === manifest.readAt) return
  manifest.readAt = changed
  manifest.names = readNames(manifest.path)
}

function readNames(path: string): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>))
  } catch (cause) {
    throw new AssetsMissing(
      `The browser's styles and scripts are not built: cannot read ${path}. Run npm start or npm run dev, which build them, or npm run build.`,
      { cause },
    )
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function serveBuilt(folder: string): RequestHandler {
  return staticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index: false,
    serveStatic: { index: false, redirect: false, immutable: true, maxAge: '1y' },
  })
}
