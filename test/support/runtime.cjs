const { default: Runtime } = require('jest-runtime')

/** @type {Set<string>} the files of which this worker has sent the source */
const sent = new Set()

/**
 * Tests in a browser are the slowest, and collecting slows them down further. They run code that other tests cover, too.
 */
const NOT_COLLECTED = /[\\/]test[\\/]e2e[\\/]/

/**
 * Jest's runtime, which sends to the parent process what of each file has run, but the source of a file only once for each
 * worker: the parent uses no more, and they are six megabytes for each test file.
 */
module.exports = class extends Runtime {
  /** @param {ConstructorParameters<typeof Runtime>} args */
  constructor(...args) {
    super(...args)
    const [, , , , , , testPath] = args
    this.isCollected = !NOT_COLLECTED.test(testPath)
  }

  /** @override */
  async collectV8Coverage() {
    if (this.isCollected) await super.collectV8Coverage()
  }

  /** @override */
  async stopCollectingV8Coverage() {
    if (this.isCollected) await super.stopCollectingV8Coverage()
  }

  /** @override */
  getAllV8CoverageInfoCopy() {
    if (!this.isCollected) return []
    const files = super.getAllV8CoverageInfoCopy()
    if (!process.send) return files // no worker: nothing is copied
    return files.map((file) => {
      if (sent.has(file.result.url)) return { ...file, codeTransformResult: undefined }
      sent.add(file.result.url)
      return file
    })
  }
}
