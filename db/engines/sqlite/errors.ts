import { DatabaseUnavailable } from '../errors.ts'

// By name, not by class: the addon is loaded once a process, so its class isn't that of every module realm.
function codeOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown }
  return name === 'SqliteError' ? String(code) : ''
}

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

// What passes by itself, or once somebody has freed the disk; everything else is our own mistake.
const PASSING: [RegExp, string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'another program has locked it'],
  [/^SQLITE_FULL/, 'the disk is full'],
  [
    /^(SQLITE_(READONLY|PERM)|EACCES|EPERM|EROFS)/,
    'it cannot be written: the file or its folder is read-only',
  ],
  [/^SQLITE_CANTOPEN/, 'its files cannot be opened'],
  [/^SQLITE_IOERR/, 'the disk fails to read or to write'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'its file is damaged'],
  [/^SQLITE_NOMEM/, 'the memory is used up'],
]

export function asUnavailable(error: unknown): unknown {
  const code = codeOf(error)
  const [, reason] = PASSING.find(([pattern]) => pattern.test(code)) ?? []
  return reason === undefined ? error : unavailable(reason, error as Error)
}

export function unavailable(reason: string, cause?: Error): DatabaseUnavailable {
  const details = cause ? ` (${codeOf(cause)}: ${cause.message})` : ''
  return new DatabaseUnavailable(`The database cannot answer now: ${reason}${details}`, { cause, reason })
}

export function gone(): DatabaseUnavailable {
  return unavailable('its file is gone: put it back')
}

export function cannotOpen(path: string, cause: Error): DatabaseUnavailable {
  if (cause instanceof DatabaseUnavailable) return cause
  const { code } = (cause.cause ?? cause) as { code?: unknown }
  const [, reason] = PASSING.find(([pattern]) => pattern.test(String(code))) ?? []
  return new DatabaseUnavailable(`Cannot open the database file ${path}: ${cause.message}`, {
    cause,
    reason: reason ?? 'its file cannot be opened',
  })
}
