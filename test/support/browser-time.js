/** Says at the end of a run how long its tests in a real browser took, since they are most of it. */
export default class BrowserTime {
  /** @param {unknown} _contexts @param {import('@jest/reporters').AggregatedResult} results */
  onRunComplete(_contexts, { testResults }) {
    const inBrowser = testResults.filter(({ testFilePath }) => /[\\/]test[\\/]e2e[\\/]/.test(testFilePath))
    const tookMs = inBrowser.reduce((sum, { perfStats }) => sum + perfStats.runtime, 0)
    if (tookMs > 0) process.stderr.write(`In the browser: ${Math.round(tookMs / 1_000)} s\n`)
  }
}
