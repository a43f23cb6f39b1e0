import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const publicFolder = fileURLToPath(new URL('../public/', import.meta.url))

/** Bundles every public/*.ts into public/scripts/, where the shop serves it from. */
export async function buildBrowserCode() {
  const modules = (await readdir(publicFolder)).filter((name) => name.endsWith('.ts'))
  await build({
    entryPoints: modules.map((name) => publicFolder + name),
    outdir: `${publicFolder}scripts`,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  })
}
