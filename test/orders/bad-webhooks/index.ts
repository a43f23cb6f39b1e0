import type { BadWebhook, Target } from './bad-webhook.ts'
import { badClaims } from './claims.ts'
import { badForms } from './forms.ts'
import { forgeries } from './keys.ts'
import { badSignatures } from './signatures.ts'

export type { BadWebhook } from './bad-webhook.ts'
export { chanceOf } from './chance.ts'

/** Everything that must not pay this order; each one once. */
export function badWebhooks(target: Target): BadWebhook[] {
  const all = [...forgeries(target), ...badSignatures(target), ...badForms(target), ...badClaims(target)]
  const distinct = new Map(
    all.map((one) => [JSON.stringify([Buffer.from(one.body).toString('base64'), one.headers]), one]),
  )
  return [...distinct.values()]
}
