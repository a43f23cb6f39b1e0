#!/usr/bin/env node
/**
 * Replaces npm's own node-gyp in this project. A package says `"gypfile": false` if npm should not run `node-gyp rebuild`
 * for it, but a lockfile doesn't contain that. So npm runs it, which fails without Python, and the package is not installed.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const args = process.argv.slice(2)
const { gypfile } = JSON.parse(readFileSync('package.json', 'utf8'))
const isUnwanted = gypfile === false && args.join(' ') === 'rebuild'
if (!isUnwanted) {
  const npms = /** @type {string} */ (process.env.npm_config_node_gyp)
  process.exitCode = spawnSync(process.execPath, [npms, ...args], { stdio: 'inherit' }).status ?? 1
}
