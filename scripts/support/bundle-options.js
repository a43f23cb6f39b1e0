/**
 * How the build bundles packages for Node. V8 keeps the text of a source that it may compile later, comments included, and
 * twice as large if a single character of it is not in Latin-1. Names stay, for stack traces, and so do lines.
 */
export const BUNDLE_OPTIONS = /** @type {const} */ ({
  absWorkingDir: process.cwd(), // by default, where the process was when it imported esbuild
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  lineLimit: 120,
  logLevel: 'warning',
})
