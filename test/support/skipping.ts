import { describe, test } from '@jest/globals'

/** Why tests can't run here, such as `not root`; anything falsy if they can. */
type Reason = string | false | undefined

/**
 * Returns `test`, unless there is a reason against it: then what skips tests and has the reason in their names. With the
 * reasons there, CI tells the skips that it allows from the others.
 */
export function testUnless(reason: Reason): (...args: Parameters<typeof test>) => void {
  if (!reason) return test
  return (name, ...rest) => test.skip(`${name} (skipped: ${reason})`, ...rest)
}

/** Does the same for `describe`. */
export function describeUnless(reason: Reason): (name: string, tests: () => void) => void {
  if (!reason) return describe
  return (name, tests) => describe.skip(`${name} (skipped: ${reason})`, tests)
}

/** Why what only root may do can't be tried. */
export const NOT_ROOT = process.getuid?.() !== 0 && 'not root'

/** Why nothing can be mounted: only root may, and only Linux does it so. */
export const NO_MOUNTS = process.platform === 'linux' ? NOT_ROOT : 'not Linux'
