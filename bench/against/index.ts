import { eachRow } from '../each-row.ts'
import type { Report } from '../rounds.ts'
import { type Builds, closeBuild, openBuild } from './build.ts'
import { type Comparison, isMet, type Row } from './comparison.ts'
import { asText } from './report.ts'
import { rows } from './rows/index.ts'
import { buildWorktree } from './worktree.ts'

export { rows } from './rows/index.ts'
export { findCommit } from './worktree.ts'

const FULL = { short: false, sittings: 3, rounds: 5 }
const SHORT = { short: true, sittings: 1, rounds: 2 }

/** Builds the commit (its full hash) in a worktree of its own, then measures that build and this tree in turn. */
export async function compareWith(commit: string, names: readonly string[], short: boolean): Promise<Report> {
  const worktree = await buildWorktree(commit, (text) => say(commit.slice(0, 12), text))
  const builds = { old: await openBuild(worktree.folder), new: await openBuild('.') }
  const comparisons = await measureRows(builds, commit, names, short)
  closeBuild(builds.old)
  closeBuild(builds.new)
  worktree.remove()
  return {
    results: comparisons,
    text: asText(comparisons, short),
    isReached: comparisons.every((one) => isMet(one) ?? true),
  }
}

function measureRows(builds: Builds, commit: string, names: readonly string[], short: boolean) {
  return eachRow<Comparison>(names, (name) => {
    const settings = { ...(short ? SHORT : FULL), commit, progress: (text: string) => say(name, text) }
    return (rows[name] as Row)(builds, settings)
  })
}

function say(about: string, text: string): void {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${about}: ${text}\n`)
}
