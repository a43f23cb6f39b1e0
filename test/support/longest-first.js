import imported from '@jest/test-sequencer'

// The package's types describe its CommonJS form, which has the class one level deeper.
const Sequencer = /** @type {typeof imported.default} */ (/** @type {unknown} */ (imported))

/**
 * Starts with the tests in a browser, which take longest. Jest itself goes by how long a file took last time, and by its
 * size until it knows, as in CI.
 */
export default class LongestFirst extends Sequencer {
  /** @override @param {import('@jest/test-result').Test[]} tests */
  async sort(tests) {
    const sorted = await super.sort(tests)
    return sorted.sort((a, b) => Number(isInBrowser(b)) - Number(isInBrowser(a)))
  }
}

/** @param {import('@jest/test-result').Test} test */
function isInBrowser({ path }) {
  return /[\\/]test[\\/]e2e[\\/]/.test(path)
}
