import type { Database } from '../database.ts'

const SPEND_FORM = `
  INSERT INTO desk_forms (form, spent_at)
  VALUES (@form, @now)
  ON CONFLICT (form) DO NOTHING
  RETURNING form`

const FORGET_FORMS = `
  DELETE FROM desk_forms
  WHERE spent_at < @forgottenBefore`

/** Returns whether this form is sent for the first time, and remembers that it was. Those that are older than `lifeMs` are forgotten. */
export async function spendForm(db: Database, form: string, now: number, lifeMs: number): Promise<boolean> {
  const [spent] = await db.write([SPEND_FORM, FORGET_FORMS], { form, now, forgottenBefore: now - lifeMs })
  return spent?.length === 1
}
