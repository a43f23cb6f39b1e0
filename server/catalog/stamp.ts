import { statSync } from 'node:fs'

/** Returns a text that changes when one of these files is saved, replaced or removed. */
export function stampOf(paths: readonly string[]): string {
  return paths.map(stampOfOne).join('\n')
}

function stampOfOne(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path)
    return `${ino} ${size} ${mtimeMs}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}
