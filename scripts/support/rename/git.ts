import { spawnSync } from 'node:child_process'
import { Failure } from './failure.ts'

const MOST_LISTED = 10

/** Throws Failure unless git can undo whatever is changed in the folder. */
export function assertUndoable(folder: string): void {
  const isTracked = git(folder, 'ls-files', '--error-unmatch', 'package.json')
  if (isTracked === undefined || git(folder, 'rev-parse', 'HEAD') === undefined)
    throw new Failure(
      `git doesn’t have this folder, so that nothing could be undone or updated. Get the project with git clone, or run:
  git init && git add --all && git commit --message "Begin"`,
    )
  const changed = linesOf(git(folder, 'status', '--porcelain', '--', '.'))
  if (changed.length === 0) return
  const more = changed.length > MOST_LISTED ? `\n  and ${changed.length - MOST_LISTED} more` : ''
  throw new Failure(
    `There are changes that aren’t committed, and renaming would mix with them. Commit them, or put them aside with
git stash --include-untracked, and run this again:
${changed
  .slice(0, MOST_LISTED)
  .map((line) => `  ${line}`)
  .join('\n')}${more}`,
  )
}

/**
 * Returns the newest commit of the starter shop that the project contains, shortened: the newest that it shares with the remote
 * `nickel`, or else with `origin`. Undefined if there is none, or if the merchant has pushed to that remote, since then its
 * commits may be the merchant's own.
 */
export function findStart(folder: string): string | undefined {
  const branches = ['nickel', 'origin']
    .map((remote) => linesOf(git(folder, 'for-each-ref', '--format=%(refname)', `refs/remotes/${remote}/`)))
    .find(({ length }) => length > 0)
  if (branches === undefined || branches.some((branch) => isPushed(folder, branch))) return undefined
  const [start] = linesOf(git(folder, 'merge-base', 'HEAD', ...branches))
  return start && git(folder, 'rev-parse', '--short', start)?.trim()
}

/** Tells from git's log of what has changed a remote's branch here. */
function isPushed(folder: string, branch: string): boolean {
  return linesOf(git(folder, 'reflog', 'show', '--format=%gs', branch)).includes('update by push')
}

function linesOf(text = ''): string[] {
  return text.split('\n').filter(Boolean)
}

/** Returns what git prints, or undefined if it fails or isn't there. */
function git(cwd: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}
