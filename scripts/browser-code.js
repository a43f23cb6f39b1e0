import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'
import { retargetElements } from './retarget-elements.js'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url))
const COMPRESSIBLE = /\.(js|css|svg)$/

/**
 * Builds the only folder that the shop serves to browsers unchanged, public/built/ next to the source: every public/*.ts, public/desk/*.ts
 * and public/styles/*.css bundled, pictures copied, each under a name with a hash of its content, with a .br and .gz beside
 * it. manifest.json says which name became which: `{ "styles/index.css": "styles/index-2XK3AQ7D.css" }`.
 */
export async function buildBrowserCode(outdir = `${PUBLIC}built`) {
  const { metafile } = await build({
    absWorkingDir: PROJECT, // by default, where the process was when it imported esbuild
    entryPoints: await entryPoints(),
    outdir,
    outbase: PUBLIC,
    entryNames: '[dir]/[name]-[hash]',
    assetNames: '[dir]/[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.svg': 'copy', '.png': 'copy', '.webp': 'copy', '.woff2': 'copy' },
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [retargetElements()],
    metafile: true,
    logLevel: 'warning',
  })
  const manifest = readManifest(metafile, outdir)
  const built = Object.values(manifest)
  await Promise.all(
    built.filter((name) => COMPRESSIBLE.test(name)).map((name) => compress(join(outdir, name))),
  )
  await replaceFile(join(outdir, 'manifest.json'), JSON.stringify(manifest, null, 2))
  await removeOlder(outdir, built)
}

async function entryPoints() {
  const files = await readdir(PUBLIC, { recursive: true })
  return files
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) =>
      /^((desk\/)?[^/]+\.(ts|svg)|styles\/[^/]+\.css|pictures\/.+\.(svg|png|webp))$/.test(name),
    )
    .map((name) => PUBLIC + name)
}

/** @param {import('esbuild').Metafile} metafile @param {string} outdir @returns {Record<string, string>} */
function readManifest({ outputs }, outdir) {
  const names = Object.entries(outputs).map(([path, { entryPoint, inputs }]) => {
    const source = entryPoint ?? Object.keys(inputs)[0] ?? ''
    return [
      source.replace(/^.*?public\//, '').replace(/\.ts$/, '.js'),
      relative(outdir, join(PROJECT, path)).replaceAll('\\', '/'),
    ]
  })
  return Object.fromEntries(names.sort())
}

/** Compresses as much as possible, since it happens once: a file's name changes with its content. @param {string} path */
async function compress(path) {
  if (existsSync(`${path}.br`)) return
  const content = await readFile(path)
  const slowest = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  await replaceFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
  await replaceFile(`${path}.br`, await promisify(brotliCompress)(content, slowest))
}

/** Replaces a file atomically, since a running shop may read it. @param {string} path @param {string | Buffer} content */
async function replaceFile(path, content) {
  const beside = `${path}.${process.pid}`
  await writeFile(beside, content)
  await rename(beside, path)
}

/** @param {string} outdir @param {string[]} built */
async function removeOlder(outdir, built) {
  const kept = new Set(['manifest.json', ...built.flatMap((name) => [name, `${name}.br`, `${name}.gz`])])
  const files = (await readdir(outdir, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  )
  const paths = files.map((file) => join(file.parentPath, file.name))
  const older = paths.filter(
    (path) => !kept.has(relative(outdir, path).replaceAll('\\', '/')) && !/\.\d+$/.test(path),
  )
  await Promise.all(older.map((path) => rm(path, { force: true })))
}
