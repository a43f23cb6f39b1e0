import imported from 'jest-runner'

// The package's types describe its CommonJS form, which has the class one level deeper.
const Runner = /** @type {typeof imported.default} */ (/** @type {unknown} */ (imported))

/** @typedef {NonNullable<import('@jest/test-result').TestResult['v8Coverage']>} Coverage */

/**
 * Jest's runner, which hands on only what no test file before has covered: Jest keeps what each of them has run until the end,
 * and adds it up then, but reports no more than whether something ran. That would be two megabytes for each test file.
 */
export default class extends Runner {
  /** @type {Set<string>} */
  seen = new Set()

  /** @override @type {InstanceType<typeof Runner>['on']} */
  on(event, listener) {
    if (event !== 'test-file-success') return super.on(event, listener)
    return super.on('test-file-success', ([test, result]) => {
      if (result.v8Coverage) result.v8Coverage = result.v8Coverage.flatMap((file) => this.whatIsNew(file))
      return /** @type {Function} */ (listener)([test, result])
    })
  }

  /** @param {Coverage[number]} file @returns {Coverage} */
  whatIsNew({ codeTransformResult, result }) {
    const { url } = result
    const functions = result.functions
      .filter(({ ranges }) => this.isNew([url, ...ranges.map(describe)].join()))
      // Marked as Jest marks those that it adds up, whether there were several or one: findings/coverage-added-to-itself.sh
      .map((ran) => ({ ...ran, isBlockCoverage: ran.ranges.length > 1 || ran.ranges[0]?.count !== 0 }))
    const isNewFile = this.isNew(url)
    if (!isNewFile && functions.length === 0) return []
    return [
      { codeTransformResult: isNewFile ? codeTransformResult : undefined, result: { ...result, functions } },
    ]
  }

  /** @param {string} key */
  isNew(key) {
    const { size } = this.seen
    return this.seen.add(key).size > size
  }
}

/** @param {{ startOffset: number, endOffset: number, count: number }} range */
function describe({ startOffset, endOffset, count }) {
  return `${startOffset}-${endOffset}${count > 0 ? ' ran' : ''}`
}
