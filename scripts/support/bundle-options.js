import { fileURLToPath } from 'node:url'

/**
 * How the build bundles packages for Node. V8 keeps the text of a source that it may compile later, comments included, and
 * twice as large if a single character of it is not in Latin-1. Names and short lines stay, for stack traces.
 */
export const BUNDLE_OPTIONS = /** @type {const} */ ({
  absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)), // by default, where the process was when it imported esbuild
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  lineLimit: 120,
  logLevel: 'warning',
})
