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
