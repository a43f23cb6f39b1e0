import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const FRAMES = fileURLToPath(new URL('../sandbox/frames/', import.meta.url))

/** Bundles the code of the sandbox's button frames into sandbox/frames/built/. What pays is a chunk of its own. */
export async function buildFramesCode() {
  await rm(`${FRAMES}built`, { recursive: true, force: true })
  await build({
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
  })
}
