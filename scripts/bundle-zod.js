import { build } from 'esbuild'

/**
 * Bundles what server/zod.ts names into one file. Every entry point of zod loads its messages in fifty languages; the bundle
 * leaves out what isn't used, all of them but the English ones.
 *
 * @param {string} outfile
 */
export async function bundleZod(outfile) {
  await build({
    absWorkingDir: process.cwd(), // by default, where the process was when it imported esbuild
    entryPoints: ['server/zod.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
}
