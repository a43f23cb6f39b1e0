/** A backup could not be made, read or restored. The message says what happened, what it means and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

const NO_SPACE = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']

/** Returns whether the disk, or what this user may use of it, is full. */
export function isDiskFull(error: unknown): boolean {
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string }
  if (NO_SPACE.includes(code ?? '') || /\b(ENOSPC|SQLITE_FULL)\b/.test(message ?? '')) return true
  return cause !== undefined && isDiskFull(cause)
}
