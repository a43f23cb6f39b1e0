import { readdir, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const FRAMES = fileURLToPath(new URL('frames/', import.meta.url))

/** Bundles the code of the button's frames, into frames/built/ next to the source. What pays is a chunk of its own. */
export async function buildFramesCode(outdir = `${FRAMES}built`) {
  const { metafile } = await build({
    entryPoints: ['button.ts', 'modal.ts', 'button.css', 'modal.css'].map(
      (name) => `${FRAMES}browser/${name}`,
    ),
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    metafile: true,
  })
  await removeAllBut(
    outdir,
    Object.keys(metafile.outputs).map((path) => basename(path)),
  )
}

/**
 * Removes older bundles, only after the new ones are there: a running sandbox may still read them.
 * @param {string} outdir
 * @param {string[]} built
 */
async function removeAllBut(outdir, built) {
  const names = await readdir(outdir)
  const older = names.filter((name) => !built.includes(name))
  await Promise.all(older.map((name) => rm(`${outdir}/${name}`, { recursive: true, force: true })))
}
