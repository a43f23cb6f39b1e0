import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'

// Compiled into the package, which has no option for either: the address of its frames, and the endpoint that it polls.
const COMPILED_IN = [
  ['"https://sdk.getcode.com/v1/elements"', 'globalThis.codeHosts.elements'],
  ['"https://cash.getcode.com/v1"', 'globalThis.codeHosts.endpoint'],
]

/**
 * Returns a plugin for esbuild that makes Code's element take its hosts from `globalThis.codeHosts`, which
 * server/pages/hosts.ts sets, and that removes its messages to the console.
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
 * Replaces the hosts in the element's source. Throws if one isn't found or another one remains, since the button would then
 * talk to Code regardless of the shop's configuration.
 *
 * @param {string} source @returns {string}
 */
export function retarget(source) {
  for (const [literal = ''] of COMPILED_IN) {
    if (!source.includes(literal)) throw new Error(failure(`no longer contains ${literal}`))
  }
  const retargeted = COMPILED_IN.reduce((text, [from = '', to = '']) => text.replaceAll(from, to), source)
  const [leftOver] = /[a-z]+:\/\/[a-z.]*getcode\.com[^"'`]*/.exec(retargeted) ?? []
  if (leftOver) throw new Error(failure(`also contains ${leftOver}`))
  return retargeted
}

/** @param {string} finding */
function failure(finding) {
  return `@code-wallet/elements ${finding}, so its hosts cannot all be taken from the shop’s configuration. Go back to the version in package-lock.json, or adapt scripts/retarget-elements.js to the new one.`
}
