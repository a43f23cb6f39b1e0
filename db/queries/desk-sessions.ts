import type { Database } from '../database.ts'
import type { Parameters, Row } from '../engines/driver.ts'
import { asActionParameters, RECORD_ACTION, recordActionIf } from './actions.ts'
import { type DeskLink, IS_GOOD } from './desk-links.ts'
import { newId } from './ids.ts'

/** A browser that has signed in. Hashes are hex. */
export interface DeskSession {
  id: string
  tokenHash: string
  signedInBy: 'link' | 'token'
  /** What the browser says about itself */
  browser: string | undefined
  createdAt: number
  usedAt: number
}

export interface NewSession {
  secretHash: string
  tokenHash: string
  browser: string | undefined
}

/** For how long a session lasts: in all, and unused. */
export interface SessionLimits {
  lifeMs: number
  unusedMs: number
}

const COLUMNS = `
  desk_sessions.id, desk_sessions.token_hash, desk_sessions.signed_in_by, desk_sessions.browser,
  desk_sessions.created_at, desk_sessions.used_at`

const IS_OPEN = `
  desk_sessions.ended_at IS NULL AND desk_sessions.created_at > @createdAfter AND desk_sessions.used_at > @usedAfter`

const FIND_SESSION = `
  SELECT ${COLUMNS}
  FROM desk_sessions
  WHERE desk_sessions.secret_hash = @secretHash AND ${IS_OPEN}`

const FIND_SESSIONS = `
  SELECT ${COLUMNS}
  FROM desk_sessions
  WHERE ${IS_OPEN}
  ORDER BY desk_sessions.used_at DESC, desk_sessions.id
  LIMIT @limit`

const OPEN_SESSION = `
  INSERT INTO desk_sessions (id, secret_hash, token_hash, signed_in_by, browser, created_at, used_at)
  VALUES (@session, @secretHash, @tokenHash, 'token', @browser, @now, @now)
  RETURNING id`

// The update is also the lock: of two browsers that use a link at once, one finds it used up.
const USE_LINK = `
  UPDATE desk_links
  SET session = @session
  WHERE ${IS_GOOD}`

const OPEN_SESSION_BY_LINK = `
  INSERT INTO desk_sessions (id, secret_hash, token_hash, signed_in_by, browser, created_at, used_at)
  SELECT @session, @secretHash, @sessionTokenHash, 'link', @browser, @now, @now
  FROM desk_links
  WHERE desk_links.code_hash = @codeHash AND desk_links.session = @session
  RETURNING id`

const RECORD_SIGN_IN_BY_LINK = recordActionIf(
  'EXISTS (SELECT 1 FROM desk_links WHERE desk_links.code_hash = @codeHash AND desk_links.session = @session)',
)

const TOUCH_SESSION = `
  UPDATE desk_sessions
  SET used_at = @now
  WHERE id = @session AND ended_at IS NULL AND used_at < @now`

const END_SESSION = `
  UPDATE desk_sessions
  SET ended_at = @now, ended_by = @actionId
  WHERE id = @ended AND ended_at IS NULL
  RETURNING id`

const RECORD_SIGN_OUT = recordActionIf(
  'EXISTS (SELECT 1 FROM desk_sessions WHERE desk_sessions.id = @ended AND desk_sessions.ended_by = @actionId)',
)

/** Finds the open session of the browser whose secret has this SHA-256. */
export async function findSession(
  db: Database,
  secretHash: string,
  limits: SessionLimits,
  now: number,
): Promise<DeskSession | undefined> {
  const [row] = await db.read(FIND_SESSION, { secretHash, ...bounds(limits, now) })
  return row && toSession(row)
}

/** Finds the open sessions, the one used last first. */
export async function findSessions(
  db: Database,
  limit: number,
  limits: SessionLimits,
  now: number,
): Promise<DeskSession[]> {
  const rows = await db.read(FIND_SESSIONS, { limit, ...bounds(limits, now) })
  return rows.map(toSession)
}

/** Signs a browser in by the token. Returns the session's id. */
export async function openSession(db: Database, given: NewSession, now: number): Promise<string> {
  const { session, parameters } = prepareSession(given, 'token', now)
  await db.write([OPEN_SESSION, RECORD_ACTION], parameters)
  return session
}

/** Signs a browser in by a link, which is used up by that. Returns the session's id, or undefined if the link isn't good. */
export async function openSessionByLink(
  db: Database,
  given: NewSession,
  link: DeskLink,
  now: number,
): Promise<string | undefined> {
  const { session, parameters } = prepareSession(given, 'link', now)
  const [, opened] = await db.write([USE_LINK, OPEN_SESSION_BY_LINK, RECORD_SIGN_IN_BY_LINK], {
    ...parameters,
    codeHash: link.codeHash,
    tokenHash: link.tokenHash,
    sessionTokenHash: given.tokenHash,
  })
  return opened?.length === 1 ? session : undefined
}

/** Notes that a session is in use. */
export async function touchSession(db: Database, session: string, now: number): Promise<void> {
  await db.write([TOUCH_SESSION], { session, now })
}

/** Ends a session, on behalf of one that may be the same. Returns whether it was open. */
export async function endSession(
  db: Database,
  ended: string,
  session: string,
  now: number,
): Promise<boolean> {
  const action = asActionParameters({ what: 'sign-out', subject: ended, session }, now)
  const [rows] = await db.write([END_SESSION, RECORD_SIGN_OUT], { ...action, ended })
  return rows?.length === 1
}

function prepareSession(
  { secretHash, tokenHash, browser }: NewSession,
  by: DeskSession['signedInBy'],
  now: number,
): { session: string; parameters: Parameters } {
  const session = newId(now)
  const action = asActionParameters({ what: 'sign-in', session, after: { by } }, now)
  return { session, parameters: { ...action, secretHash, tokenHash, browser: browser ?? null } }
}

function bounds({ lifeMs, unusedMs }: SessionLimits, now: number): Parameters {
  return { createdAfter: now - lifeMs, usedAfter: now - unusedMs }
}

function toSession(row: Row): DeskSession {
  return {
    id: row.id as string,
    tokenHash: row.token_hash as string,
    signedInBy: row.signed_in_by as DeskSession['signedInBy'],
    browser: (row.browser as string | null) ?? undefined,
    createdAt: Number(row.created_at),
    usedAt: Number(row.used_at),
  }
}
