import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'

// Compiled into the package, without an option: where its frames are, and where it asks for a payment's status.
const COMPILED_IN = [
  ['"https://sdk.getcode.com/v1/elements"', 'globalThis.codeHosts.elements'],
  ['"https://cash.getcode.com/v1"', 'globalThis.codeHosts.endpoint'],
]

/**
 * For esbuild: makes Code's element take its hosts from `globalThis.codeHosts`, which server/pages/hosts.ts sets, and
 * keep to itself what it would write to the console.
 *
 * @returns {import('esbuild').Plugin}
 */
export function retargetElements() {
  return {
    name: 'retarget-elements',
    setup(build) {
      build.onLoad({ filter: /@code-wallet[\\/]elements[\\/]dist[\\/]elements\.js$/ }, async ({ path }) => {
        const source = retarget(await readFile(path, 'utf8'))
        const { code } = await transform(source, { drop: ['console'] })
        return { contents: code, loader: 'js' }
      })
    },
  }
}

/**
 * Replaces the hosts in the element's source. Throws if one isn't found, or one is left over: the button would then talk
 * with Code whatever the shop is configured to.
 *
 * @param {string} source @returns {string}
 */
export function retarget(source) {
  for (const [literal = ''] of COMPILED_IN) {
    if (!source.includes(literal)) throw new Error(explain(`no longer contains ${literal}`))
  }
  const retargeted = COMPILED_IN.reduce((text, [from = '', to = '']) => text.replaceAll(from, to), source)
  const [leftOver] = /[a-z]+:\/\/[a-z.]*getcode\.com[^"'`]*/.exec(retargeted) ?? []
  if (leftOver) throw new Error(explain(`also contains ${leftOver}`))
  return retargeted
}

/** @param {string} finding */
function explain(finding) {
  return `@code-wallet/elements ${finding}, so its hosts cannot all be taken from the shop’s configuration. Go back to the version in package-lock.json, or adapt scripts/retarget-elements.js to the new one.`
}
