import type { Database } from '../database.ts'
import type { Row } from '../engines/driver.ts'
import { newId } from './ids.ts'

/** Something done at the desk. `before` and `after` are what was true of its subject, and never hold a secret. */
export interface Action {
  what: string
  /** The id of the order, buyer, event or session that it was done to */
  subject?: string | undefined
  /** The desk's session; undefined for a program */
  session: string | undefined
  before?: object | undefined
  after?: object | undefined
}

/** An action as the audit log shows it. `browser` is what that of its session says about itself. */
export interface ActionRow {
  id: string
  what: string
  subject: string | undefined
  session: string | undefined
  browser: string | undefined
  before: Record<string, unknown> | undefined
  after: Record<string, unknown> | undefined
  actedAt: number
}

/** Records an action in the unit of work that has its effect, if the condition holds then. */
export const recordActionIf = (condition: string) => `
  INSERT INTO actions (id, what, subject, session, before, after, acted_at)
  SELECT @actionId, @action, @actionSubject, @session, @actionBefore, @actionAfter, @now
  WHERE ${condition}`

/** Records an action, whatever came of it. */
export const RECORD_ACTION = recordActionIf('1 = 1')

/** The parameters of the statement that records this action. */
export function asActionParameters({ what, subject, session, before, after }: Action, now: number) {
  return {
    actionId: newId(now),
    action: what,
    actionSubject: subject ?? null,
    session: session ?? null,
    actionBefore: before ? JSON.stringify(before) : null,
    actionAfter: after ? JSON.stringify(after) : null,
    now,
  }
}

const NEWEST = '~' // comes after every id, since those are hexadecimal

const FIND_ACTIONS = `
  SELECT actions.id, actions.what, actions.subject, actions.session, actions.before, actions.after, actions.acted_at,
    desk_sessions.browser
  FROM actions
  LEFT JOIN desk_sessions ON desk_sessions.id = actions.session
  WHERE actions.id < @place
  ORDER BY actions.id DESC
  LIMIT @limit`

// The ids alone have the same order, but then PostgreSQL may read all actions in it, rather than those of the subject.
const FIND_ACTIONS_ON = `
  SELECT actions.id, actions.what, actions.subject, actions.session, actions.before, actions.after, actions.acted_at,
    desk_sessions.browser
  FROM actions
  LEFT JOIN desk_sessions ON desk_sessions.id = actions.session
  WHERE actions.subject = @subject
  ORDER BY actions.acted_at DESC, actions.id DESC
  LIMIT @limit`

/** Records an action that has no unit of work of its own. */
export async function recordAction(db: Database, action: Action, now: number): Promise<void> {
  await db.write([RECORD_ACTION], asActionParameters(action, now))
}

/** Finds the newest actions, or those that are older than the one with the id `place`. */
export async function findActions(db: Database, limit: number, place = NEWEST): Promise<ActionRow[]> {
  const rows = await db.read(FIND_ACTIONS, { limit, place })
  return rows.map(toAction)
}

/** Finds the newest actions that were done to one order, buyer, event or session. */
export async function findActionsOn(db: Database, subject: string, limit: number): Promise<ActionRow[]> {
  const rows = await db.read(FIND_ACTIONS_ON, { subject, limit })
  return rows.map(toAction)
}

function toAction(row: Row): ActionRow {
  return {
    id: row.id as string,
    what: row.what as string,
    subject: (row.subject as string | null) ?? undefined,
    session: (row.session as string | null) ?? undefined,
    browser: (row.browser as string | null) ?? undefined,
    before: parse(row.before),
    after: parse(row.after),
    actedAt: Number(row.acted_at),
  }
}

function parse(json: unknown): Record<string, unknown> | undefined {
  return typeof json === 'string' ? (JSON.parse(json) as Record<string, unknown>) : undefined
}
