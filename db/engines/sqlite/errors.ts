import { DatabaseRefused, DatabaseUnavailable, isDenied } from '../errors.ts'
import { findBlocked } from './blocked.ts'

// By name, not by class: the addon is loaded once per process, so its class isn't the same in every module realm.
function codeOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown }
  return name === 'SqliteError' ? String(code) : ''
}

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

export function isDamaged(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))
}

// What may be over by itself or once the disk is fixed. Everything else is a bug of ours.
const TEMPORARY: [RegExp, string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'another program has locked it'],
  [/^SQLITE_FULL/, 'the disk is full'],
  [
    /^(SQLITE_(READONLY|PERM)|EACCES|EPERM|EROFS)/,
    'it cannot be written: the file or its folder is read-only',
  ],
  [/^SQLITE_CANTOPEN/, 'its files cannot be opened'],
  [/^SQLITE_IOERR/, 'a disk read or write failed'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'its file is damaged'],
  [/^SQLITE_NOMEM/, 'it is out of memory'],
]

/** Returns a DatabaseUnavailable for what may be over by itself, and any other error as it is. */
export function asUnavailable(error: unknown): unknown {
  const code = codeOf(error)
  const [, reason] = TEMPORARY.find(([pattern]) => pattern.test(code)) ?? []
  return reason === undefined ? error : unavailable(reason, error as Error)
}

export function unavailable(reason: string, cause?: Error): DatabaseUnavailable {
  const details = cause ? ` (${codeOf(cause)}: ${cause.message})` : ''
  return new DatabaseUnavailable(`The database cannot answer now: ${reason}${details}`, { cause, reason })
}

export function gone(): DatabaseUnavailable {
  return unavailable('its file is gone: put it back')
}

/** If this user may not open or change one of the database's files or its folder, the error names it, and what to do. */
export function cannotOpen(path: string, cause: Error): DatabaseUnavailable {
  if (cause instanceof DatabaseUnavailable) return cause
  const { code } = (cause.cause ?? cause) as { code?: unknown }
  const [, reason] = TEMPORARY.find(([pattern]) => pattern.test(String(code))) ?? []
  const why = (isDenied(cause) && findBlocked(path)) || cause.message
  return new DatabaseUnavailable(`Cannot open the database ${path}: ${why}`, {
    cause,
    reason: reason ?? 'its file cannot be opened',
  })
}

export function damaged(path: string, cause: Error): DatabaseRefused {
  return new DatabaseRefused(
    `The file ${path} is damaged, or is not an SQLite database (${cause.message}). Correct DATABASE_URL, or restore a backup: npm run restore -- FILE`,
    { cause },
  )
}
