import { type ActionRow, findActionsOn, type InboxEvent } from '../../../db/index.ts'
import type { Shop } from '../../shop.ts'
import { en } from '../../texts/index.ts'
import { showAt } from '../../time.ts'

const MOST_ACTIONS = 100

/** Reads what was done with an event, the newest first. */
export async function readHistory({ db, config }: Shop, { digest, honoured }: InboxEvent) {
  const onEvent = await findActionsOn(db, digest, MOST_ACTIONS)
  const onOrder = honoured === undefined ? [] : await findActionsOn(db, honoured, MOST_ACTIONS)
  const honouring = onOrder.filter(({ before, after }) => [before?.event, after?.event].includes(digest))
  return [...onEvent, ...honouring]
    .sort((a, b) => b.actedAt - a.actedAt)
    .map((action) => ({ what: describeAction(action), at: showAt(action.actedAt, config.timeZone) }))
}

function describeAction({ what, before, after }: ActionRow): string {
  const { actions, verdict: verdicts } = en.desk.events
  const nameOf = (verdict: unknown) => verdicts[verdict as keyof typeof verdicts]?.name ?? String(verdict)
  if (what === 'event-dismissed') return actions[what](String(after?.reason))
  if (what === 'event-judged-again') return actions[what](nameOf(before?.verdict), nameOf(after?.verdict))
  if (what === 'event-not-verified') return actions[what]
  if (what === 'order-honoured' || what === 'orphan-honoured') return actions.honoured(String(after?.reason))
  return what
}
