import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { onExit } from '../cleanup.ts'
import { FOLDER } from '../processes.ts'
import { installPackages, runIn } from './packages.ts'

const KEPT_FROM_BYTES = 1e9

/** Another commit, checked out and built in a folder of its own. */
export interface Worktree {
  folder: string
  remove(): void
}

/** Returns the full hash of a commit; undefined if there is no such commit. */
export function findCommit(name: string): string | undefined {
  try {
    return git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]).trim()
  } catch {
    return undefined
  }
}

/**
 * Checks out the commit, installs what its lock file says, and runs its own build. The folder lies beside the bench's data,
 * on the same disk, where packages can be linked instead of copied. It is removed when this process ends, at the latest.
 */
export async function buildWorktree(commit: string, progress: (text: string) => void): Promise<Worktree> {
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(join(FOLDER, 'against-'))
  const remove = onExit(() => removeWorktree(folder))
  progress(`checking out ${commit} in ${folder}`)
  git(['worktree', 'add', '--detach', folder, commit])
  linkData(folder, join(FOLDER, `of-${commit.slice(0, 12)}`))
  await installPackages(folder, progress)
  progress('building')
  await runIn(folder, 'npm', ['run', 'build'])
  return { folder, remove }
}

function git(args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function removeWorktree(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  git(['worktree', 'prune'])
}

/** Keeps the commit's databases outside of its worktree, since filling one with ten million orders takes minutes. */
function linkData(worktree: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(worktree, 'data'))
  symlinkSync(folder, join(worktree, 'data/bench'))
  onExit(() => removeSmallData(folder))
}

function removeSmallData(folder: string): void {
  const names = readdirSync(folder)
  const kept = names.filter((name) => /^orders-.*\.db$/.test(name) && isWorthKeeping(join(folder, name)))
  const others = names.filter((name) => !kept.some((database) => name.startsWith(database))) // its -wal belongs to it
  for (const name of others) rmSync(join(folder, name), { recursive: true })
  if (kept.length === 0) rmdirSync(folder)
}

function isWorthKeeping(database: string): boolean {
  return !database.endsWith('-unfinished.db') && statSync(database).size > KEPT_FROM_BYTES
}
