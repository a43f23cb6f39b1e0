import type { AlertFacts, DueAlert } from '../../db/index.ts'
import type { Config } from '../config/index.ts'

/**
 * Returns an alert as JSON, in the form of the Standard Webhooks: type, timestamp, data. It is composed when it is sent,
 * the same for each attempt. It never names a user of Code, and has no token and no link. See docs/alerts.md.
 */
export function composeAlert(
  { type, announcedAt }: Pick<DueAlert, 'type' | 'announcedAt'>,
  mode: Config['mode'],
  facts: AlertFacts,
): string {
  const data = Object.fromEntries(Object.entries(facts).map(withReadableInstant))
  return JSON.stringify({ type, timestamp: new Date(announcedAt).toISOString(), data: { mode, ...data } })
}

function withReadableInstant([name, value]: [string, unknown]): [string, unknown] {
  return name.endsWith('At') ? [name, new Date(value as number).toISOString()] : [name, value]
}
