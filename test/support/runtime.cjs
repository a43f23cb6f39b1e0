const { default: Runtime } = require('jest-runtime')

/** @type {Set<string>} the files of which this worker has sent the source */
const sent = new Set()

/**
 * Jest's runtime, which sends to the parent process what of each file has run, but the source of a file only once for each
 * worker: the parent uses no more, and would keep six megabytes for each test file otherwise.
 */
module.exports = class extends Runtime {
  /** @override */
  getAllV8CoverageInfoCopy() {
    const files = super.getAllV8CoverageInfoCopy()
    if (!process.send) return files // no worker: nothing is copied
    return files.map((file) => {
      if (sent.has(file.result.url)) return { ...file, codeTransformResult: undefined }
      sent.add(file.result.url)
      return file
    })
  }
}
