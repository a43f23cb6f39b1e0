import type { Client } from 'pg'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'
import { FORBIDDEN, takeTables } from './rights.ts'

// By SQLSTATE: what may be over by itself, or once the server is fixed. Everything else is a bug of ours.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const TEMPORARY: [RegExp, string][] = [
  [/^(55P03|57014)/, 'a lock or statement timeout was exceeded'],
  [/^40/, 'too many transactions changed the same rows at once'],
  [/^53100/, 'the disk is full'],
  [/^53/, 'it is out of connections or memory'],
  [/^25006/, 'it is read-only'],
  [/^42501/, FORBIDDEN],
  [/^(28|3D)/, 'it rejected the shop’s credentials'],
  [/^(26000|42P05)/, 'a connection pooler in front of it mixed up prepared statements'],
  [/^08P01/, 'a connection pooler in front of it rejected a message'],
  [/^(08|57)/, 'it is starting up or shutting down'],
  [/^(58|XX00[12])/, 'a disk error occurred, or its files are damaged'],
]
const LASTING = /^(53[12]00|58|XX00[12])/ // the disk or the memory is full, or damaged: what needs none of it succeeds all the same
const CONFLICT = /^40(001|P01)$/ // overtaken by another transaction, or in a deadlock with one
const LOCK_TIMEOUT = '55P03'
const NO_RIGHT = '42501'
const FOREIGN = /^(?:permission denied for|must be owner of) (?:table|relation|view|sequence|function) /
const CANNOT_CONNECT_NOW = '57P03' // it is starting up or shutting down
const STATEMENT_LOST = /^(26000|42P05)$/ // by a pooler that lends connections without what was prepared on them
const SILENCE = 'Query read timeout' // pg's own message

interface PostgresError extends Error {
  /** A SQLSTATE, or the system's name for a network error */
  code?: string
  /** Only the server's own errors have one */
  severity?: string
  detail?: string
}

/** Returns whether the server rolled back because of another transaction. The same statements may succeed the next time. */
export function isConflict(error: unknown): boolean {
  return CONFLICT.test((error as PostgresError).code ?? '')
}

/** Returns whether another transaction was in the way: by a conflict, or by a lock that it didn't release in time. */
export function isContention(error: unknown): boolean {
  return isConflict(error) || (error as PostgresError).code === LOCK_TIMEOUT
}

/** Returns whether a prepared statement wasn't there, or one of its name already was. Nothing was changed. */
export function isStatementLost(error: unknown): boolean {
  return STATEMENT_LOST.test((error as PostgresError).code ?? '')
}

/** Returns whether the user may not use something. What doesn't touch that works all the same. */
export function isForbidden(error: unknown): boolean {
  return (error as PostgresError).code === NO_RIGHT
}

/** Returns whether a server sent this error, rather than that a connection failed. */
export function isFromServer(error: unknown): boolean {
  return (error as PostgresError).severity !== undefined
}

/** Returns whether no answer came in time. The server may still be working on it. */
export function isSilence(error: unknown): boolean {
  return (error as PostgresError).message === SILENCE
}

/** Returns whether the server or the connection is at fault, and not the statements. */
export function isTemporary(error: unknown): boolean {
  return reasonOf(error as PostgresError) !== undefined
}

function reasonOf({ name, message, code = '', severity }: PostgresError): string | undefined {
  if (severity !== undefined) return TEMPORARY.find(([pattern]) => pattern.test(code))?.[1]
  if (name === 'TypeError') return undefined
  if (message === SILENCE) return 'it does not answer in time, perhaps because another session holds a lock'
  return message.startsWith('timeout exceeded') ? 'all connections are in use' : 'it cannot be reached'
}

/** Returns a DatabaseUnavailable for what is temporary, and any other error without the row that it shows. */
export function asDatabaseError(cause: unknown): Error {
  if (cause instanceof DatabaseUnavailable) return cause
  const error = cause as PostgresError
  delete error.detail // it shows the row, whose values must not be logged
  const reason = reasonOf(error)
  if (reason === undefined) return error
  const details = [error.code ?? 'connection', error.message].filter(Boolean).join(': ') // no message for several addresses
  return new DatabaseUnavailable(`The database cannot answer now: ${reason} (${details})`, {
    cause: error,
    reason,
    isLasting: LASTING.test(error.code ?? ''),
  })
}

/** Returns the error for a COMMIT that was answered with ROLLBACK although no statement had failed. */
export function notCommitted(): DatabaseUnavailable {
  const reason = 'it rolled a transaction back without saying why'
  return new DatabaseUnavailable(`The database cannot answer now: ${reason}`, { reason })
}

const NO_TLS = 'The server does not support SSL connections' // pg's own message
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|ALTNAME/ // the names that OpenSSL and Node give to what is wrong with one

/** Returns what to do if a server answers, but not with the TLS that DATABASE_URL asks for. */
function findTlsAdvice({ code = '', message, severity }: PostgresError): string | undefined {
  if (severity !== undefined) return undefined
  if (message === NO_TLS)
    return 'answers, but without TLS, which DATABASE_URL asks for. Switch it on in the server (ssl = on), or remove sslmode from DATABASE_URL if no network lies in between.'
  return CERTIFICATE.test(code)
    ? `answers, but its certificate is not accepted: ${message}. Let DATABASE_URL name the file of its authority (sslrootcert=) and the host for which the certificate was made.`
    : undefined
}

/** What can be done about an error of a server that answers, beyond waiting. */
const TO_DO: Record<string, string> = {
  '25006': 'If it is a standby, set DATABASE_URL to the primary.',
  '53100': 'Free some space on its disk.',
  '53300': 'Close some of its connections, or raise its max_connections.',
  [LOCK_TIMEOUT]:
    'Another instance is updating the tables, or a backup is being restored: wait until that is finished, then try again.',
}

type Server = Pick<Client, 'host' | 'port' | 'user' | 'database'>

/** Returns what asDatabaseError would, with what can be done about it. Names the server's address, but no password. */
export function asOpeningError(cause: unknown, { host, port, user, database }: Server): Error {
  const error = cause as PostgresError
  if (error instanceof DatabaseRefused) return error
  const server = `PostgreSQL at ${host}:${port}`
  const because = `: ${error.message || error.code}.`
  const advice: Record<string, string> = {
    '28000': `${server} does not let ${user} in${because} Correct DATABASE_URL, or the server’s pg_hba.conf.`,
    '28P01': `${server} does not let ${user} in${because} Correct user and password in DATABASE_URL.`,
    '3D000': `${server} has no database ${database}. Create it (createdb ${database}), or correct DATABASE_URL.`,
    [NO_RIGHT]: FOREIGN.test(error.message)
      ? `${server} does not let ${user} use what belongs to another user${because} ${takeTables(user ?? '')}`
      : `${server} does not allow ${user} to create tables${because} Make ${user} the owner of the database: ALTER DATABASE ${database} OWNER TO ${user}.`,
  }
  if (error.code === '08P01') {
    return new DatabaseRefused(
      `${server} rejected the shop’s way of speaking to it${because} If that is a connection pooler, it must let clients run transactions (PgBouncer: pool_mode = transaction or session).`,
      { cause: error },
    )
  }
  const ofTls = findTlsAdvice(error)
  if (ofTls !== undefined) return new DatabaseRefused(`${server} ${ofTls}`, { cause: error })
  const known = advice[error.code ?? ''] ?? (error.message.startsWith('SASL') ? advice['28P01'] : undefined)
  if (known) return new DatabaseRefused(known, { cause: error })
  if (isSilence(error))
    return new DatabaseUnavailable(
      `${server} accepted the connection, but then did not answer for several seconds. Restart it, or correct DATABASE_URL.`,
      { cause: error },
    )
  const reason = reasonOf(error)
  if (reason === undefined) return asDatabaseError(error)
  if (!isFromServer(error) || error.code === CANNOT_CONNECT_NOW)
    return new DatabaseUnavailable(`${server} does not answer${because} Start it, or correct DATABASE_URL.`, {
      cause: error,
    })
  const todo = TO_DO[error.code ?? ''] ?? 'Its log may say more.'
  return new DatabaseUnavailable(`${server} cannot be used now: ${reason} (${error.message}). ${todo}`, {
    cause: error,
    reason,
  })
}
