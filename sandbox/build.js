import { readdir, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const FRAMES = fileURLToPath(new URL('frames/', import.meta.url))

/** Bundles the code of the button's frames into frames/built/. What pays is a chunk of its own. */
export async function buildFramesCode() {
  const { metafile } = await build({
    entryPoints: ['button.ts', 'modal.ts', 'button.css', 'modal.css'].map(
      (name) => `${FRAMES}browser/${name}`,
    ),
    outdir: `${FRAMES}built`,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    metafile: true,
  })
  await removeAllBut(Object.keys(metafile.outputs).map((path) => basename(path)))
}

/** Removes older bundles, only after the new ones are there: a running sandbox may still read them. @param {string[]} built */
async function removeAllBut(built) {
  const names = await readdir(`${FRAMES}built`)
  const older = names.filter((name) => !built.includes(name))
  await Promise.all(older.map((name) => rm(`${FRAMES}built/${name}`, { recursive: true, force: true })))
}
