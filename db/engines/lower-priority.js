import { setPriority } from 'node:os'

const NICENESS = 10 // a tenth of a processor where others want it, and all that they leave

/**
 * Lets the other threads of the process go first, and returns whether they do. Plain JavaScript, since threads load it as it is. On
 * Linux, each thread has a priority of its own, unless a sandbox refuses that. Elsewhere, this would slow down the whole process.
 */
export function lowerPriority() {
  if (process.platform !== 'linux') return false
  try {
    setPriority(NICENESS)
    return true
  } catch {
    return false
  }
}
