import type { Client } from 'pg'
import { DatabaseRefused, DatabaseUnavailable } from '../errors.ts'

// By SQLSTATE: what passes by itself, or once somebody has mended the server. Everything else is our own mistake.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const PASSING: [RegExp, string][] = [
  [/^(55P03|57014)/, 'something else holds a lock, or all is slow'],
  [/^40/, 'too many want to change the same at once'],
  [/^53100/, 'the disk is full'],
  [/^53/, 'it has no more connections or memory'],
  [/^25006/, 'it can be read only'],
  [/^(28|3D)/, 'it does not let the shop in any more'],
  [/^(08|57)/, 'it is being stopped or started'],
  [/^(58|XX00[12])/, 'its disk fails, or its files are damaged'],
]
const ROLLED_BACK = /^40(001|P01)$/ // overtaken by another transaction, or in a deadlock with one: nothing was changed

interface Trouble extends Error {
  /** A SQLSTATE, or what the network says */
  code?: string
  /** Only what the server itself has said has one */
  severity?: string
  detail?: string
}

/** The same statements may go through the next time. */
export function isRolledBack(error: unknown): boolean {
  return ROLLED_BACK.test((error as Trouble).code ?? '')
}

/** Nothing is wrong with the statements: the server or the way to it is in trouble. */
export function isPassing(error: unknown): boolean {
  return reasonOf(error as Trouble) !== undefined
}

function reasonOf({ name, message, code = '', severity }: Trouble): string | undefined {
  if (severity !== undefined) return PASSING.find(([pattern]) => pattern.test(code))?.[1]
  if (name === 'TypeError') return undefined
  return message.startsWith('timeout exceeded') ? 'all connections are in use' : 'it cannot be reached'
}

/** What the shop is told. */
export function explain(cause: unknown): Error {
  const error = cause as Trouble
  delete error.detail // it shows the row, and with it what belongs into no log
  const reason = reasonOf(error)
  if (reason === undefined) return error
  const details = ` (${error.code ?? 'connection'}: ${error.message})`
  return new DatabaseUnavailable(`The database cannot answer now: ${reason}${details}`, {
    cause: error,
    reason,
  })
}

type Server = Pick<Client, 'host' | 'port' | 'user' | 'database'>

/** At the start also what to do, since the owner is there to read it. Addresses are told, passwords never. */
export function explainOpening(cause: unknown, { host, port, user, database }: Server): Error {
  const error = cause as Trouble
  if (error instanceof DatabaseRefused) return error
  const server = `PostgreSQL at ${host}:${port}`
  const because = `: ${error.message || error.code}.`
  const advice: Record<string, string> = {
    '28000': `${server} does not let ${user} in${because} Correct DATABASE_URL, or the server’s pg_hba.conf.`,
    '28P01': `${server} does not let ${user} in${because} Correct user and password in DATABASE_URL.`,
    '3D000': `${server} has no database ${database}. Make it (createdb ${database}), or correct DATABASE_URL.`,
    '42501': `${server} forbids ${user} to make tables${because} Make ${user} the owner of the database: ALTER DATABASE ${database} OWNER TO ${user}.`,
  }
  const known = advice[error.code ?? ''] ?? (error.message.startsWith('SASL') ? advice['28P01'] : undefined)
  if (known) return new DatabaseRefused(known, { cause: error })
  if (!isPassing(error)) return explain(error)
  return new DatabaseUnavailable(`${server} does not answer${because} Start it, or correct DATABASE_URL.`, {
    cause: error,
  })
}
