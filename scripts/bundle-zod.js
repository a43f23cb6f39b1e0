import { build } from 'esbuild'
import { BUNDLE_OPTIONS } from './support/bundle-options.js'

/**
 * Bundles what server/zod.ts names into one file. Every entry point of zod loads its messages in fifty languages; the bundle
 * leaves out what isn't used, all of them but the English ones.
 *
 * @param {string} outfile
 * @returns what is in the bundle
 */
export async function bundleZod(outfile) {
  const { metafile } = await build({
    ...BUNDLE_OPTIONS,
    entryPoints: ['server/zod.ts'],
    outfile,
    metafile: true,
  })
  return metafile
}
