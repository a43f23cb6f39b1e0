import type { ActionRow } from '../../../db/index.ts'
import { en } from '../../texts/index.ts'

/** Says what was done with an event. */
export function describeAction({ what, before, after }: ActionRow): string {
  const { actions, verdict: verdicts } = en.desk.events
  const nameOf = (verdict: unknown) => verdicts[verdict as keyof typeof verdicts]?.name ?? String(verdict)
  if (what === 'event-dismissed') return actions[what](String(after?.reason))
  if (what === 'event-judged-again') return actions[what](nameOf(before?.verdict), nameOf(after?.verdict))
  if (what === 'event-not-verified') return actions[what]
  return what
}
