import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs'

const MOUNTS = '/proc/self/mountinfo'

/** Returns the system's list of mounted file systems; undefined where it has none, as outside of Linux. */
export function readMounts(): string | undefined {
  try {
    return readFileSync(MOUNTS, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * Returns what the list calls the file system of a folder, such as `ext4`. Of several that are mounted at one place, the last is in
 * use: https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
 */
export function fileSystemOf(folder: string, mounts: string | undefined): string | undefined {
  const path = realpathSync(folder)
  const holding = (mounts ?? '')
    .split('\n')
    .map(readMount)
    .filter(({ place }) => place === '/' || path === place || path.startsWith(`${place}/`))
  const deepest = Math.max(...holding.map(({ place }) => place.length))
  return holding.findLast(({ place }) => place.length === deepest)?.type
}

function readMount(line: string): { place: string; type: string | undefined } {
  const [before = '', after = ''] = line.split(' - ')
  const place = (before.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_, octal) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
  return { place: line === '' ? '\0' : place, type: after.split(' ')[0] }
}

export function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
