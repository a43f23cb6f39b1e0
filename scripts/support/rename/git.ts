import { spawnSync } from 'node:child_process'
import { Failure } from './failure.ts'

const MOST_LISTED = 10

/** Returns the current commit, shortened. Throws Failure unless git can undo whatever is changed in the folder. */
export function assertUndoable(folder: string): string {
  const isTracked = git(folder, 'ls-files', '--error-unmatch', 'package.json')
  const commit = git(folder, 'rev-parse', '--short', 'HEAD')
  if (isTracked === undefined || commit === undefined)
    throw new Failure(
      `git doesn’t have this folder, so that nothing could be undone or updated. Get the project with git clone, or run:
  git init && git add --all && git commit --message "Begin"`,
    )
  const changed = (git(folder, 'status', '--porcelain', '--', '.') ?? '').split('\n').filter(Boolean)
  if (changed.length === 0) return commit.trim()
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

/** Returns what git prints, or undefined if it fails or isn't there. */
function git(cwd: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}
