import { relative } from 'node:path'

const REPORT_EVERY_MS = 10_000
const SLOWEST = 5

/** @typedef {import('@jest/reporters').AggregatedResult} Results */

/**
 * Reports what a run is doing and, at its end, where the time went and what was skipped and why. On a terminal, Jest itself
 * shows what is running.
 */
export default class Progress {
  /** @type {Set<string>} */
  running = new Set()
  passed = 0
  failed = 0
  startedAt = performance.now()
  /** @type {NodeJS.Timeout | undefined} */
  timer

  /** @param {Results} results which Jest keeps up to date */
  onRunStart(results) {
    if (process.stderr.isTTY) return
    this.timer = setInterval(() => this.report(results), REPORT_EVERY_MS).unref()
  }

  /** @param {import('@jest/reporters').Test} test */
  onTestFileStart({ path }) {
    this.running.add(nameOf(path))
  }

  /** @param {import('@jest/reporters').Test} test */
  onTestFileResult({ path }) {
    this.running.delete(nameOf(path))
  }

  /** @param {unknown} _test @param {import('@jest/test-result').TestCaseResult} result */
  onTestCaseResult(_test, { status }) {
    if (status === 'passed') this.passed++
    if (status === 'failed') this.failed++
  }

  /** @param {Results} results */
  report({ numTotalTestSuites, numPassedTestSuites, numFailedTestSuites }) {
    const files = `${numPassedTestSuites + numFailedTestSuites} of ${numTotalTestSuites} files`
    const tests = `${this.passed} tests passed, ${this.failed} failed`
    say(
      `${inSeconds(performance.now() - this.startedAt)}: ${files}, ${tests}; running ${[...this.running].join(', ')}`,
    )
  }

  /** @param {unknown} _contexts @param {Results} results */
  onRunComplete(_contexts, { testResults }) {
    clearInterval(this.timer)
    for (const line of [slowestOf(testResults), skippedOf(testResults)]) if (line) say(line)
  }
}

/** @param {Results['testResults']} files */
function slowestOf(files) {
  if (files.length <= SLOWEST) return ''
  const sorted = [...files].sort((a, b) => b.perfStats.runtime - a.perfStats.runtime).slice(0, SLOWEST)
  const named = sorted.map((file) => `${nameOf(file.testFilePath)} ${inSeconds(file.perfStats.runtime)}`)
  return `Slowest: ${named.join(', ')}`
}

/** The reason is part of a name: "on PostgreSQL (skipped: no PostgreSQL)". @param {Results['testResults']} files */
function skippedOf(files) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { fullName, status } of files.flatMap(({ testResults }) => testResults)) {
    if (status !== 'pending') continue
    const [, reason = 'not chosen'] = /\(skipped: (.+?)\)/.exec(fullName) ?? []
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const named = [...counts].map(([reason, count]) => `${count} (${reason})`)
  return named.length > 0 ? `Skipped: ${named.join(', ')}` : ''
}

/** @param {string} path */
function nameOf(path) {
  return relative('test', path).replace(/\.test\.ts$/, '')
}

/** @param {number} ms */
function inSeconds(ms) {
  return `${Math.round(ms / 1_000)} s`
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`)
}
