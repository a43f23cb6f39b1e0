/** The database can't answer now: locked by others for too long, full, read-only, or gone. Trying again later may help. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
  /** What is wrong, in a few words without names or paths: anyone can read it at /readyz */
  readonly reason: string
  /** Whether it lasts until somebody does something about the server, although a small write may succeed meanwhile */
  readonly isLasting: boolean

  constructor(message: string, options: ErrorOptions & { reason?: string; isLasting?: boolean } = {}) {
    super(message, options)
    this.reason = options.reason ?? 'it does not answer'
    this.isLasting = options.isLasting ?? false
  }
}

/** The database must not be opened: it is newer than this shop, of the other mode, or not a shop's at all. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused'
}

const DENIED = /^(SQLITE_(READONLY|PERM|CANTOPEN)|EACCES|EPERM|EROFS)/

/** Returns whether the system didn't let this user open or change a file. SQLite doesn't say which. */
export function isDenied(error: unknown): boolean {
  return DENIED.test(String((error as { code?: unknown }).code))
}
