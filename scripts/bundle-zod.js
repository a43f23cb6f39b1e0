import { build } from 'esbuild'
import { BUNDLE_OPTIONS } from './support/bundle-options.js'

/**
 * Bundles what server/zod.ts names into one file. Every entry point of zod loads its messages in fifty languages; the bundle
 * leaves out what isn't used, all of them but the English ones.
 *
 * @param {string} outfile
 */
export async function bundleZod(outfile) {
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: ['server/zod.ts'],
    outfile,
  })
}
