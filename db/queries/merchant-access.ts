import type { Database } from '../database.ts'
import { type Action, asActionParameters, recordActionIf } from './actions.ts'

const IS_SIGNED_IN = `
  EXISTS (SELECT 1 FROM desk_sessions WHERE desk_sessions.id = @session AND desk_sessions.ended_at IS NULL)`

const IS_NEWS = `
  NOT EXISTS (
    SELECT 1 FROM actions AS noted
    WHERE noted.subject = @actionSubject AND noted.what = @action AND noted.session = @session
      AND noted.acted_at > @notedSince)`

const NOTE = recordActionIf(`${IS_SIGNED_IN} AND ${IS_NEWS}`)

const FIND_SIGNED_IN = `
  SELECT 1 AS signed_in
  WHERE ${IS_SIGNED_IN}`

/**
 * Notes that the merchant opens something, unless the same session has opened it in the last `quietMs`. False for a session
 * that has ended: nothing is noted then, and nothing may be opened.
 */
export async function noteOpening(
  db: Database,
  action: Action & { subject: string; session: string },
  { now, quietMs }: { now: number; quietMs: number },
): Promise<boolean> {
  const parameters = { ...asActionParameters(action, now), notedSince: now - quietMs }
  const [, signedIn] = await db.write([NOTE, FIND_SIGNED_IN], parameters)
  return signedIn?.length === 1
}
