import { en } from '../texts/index.ts'

export type CallFault = keyof typeof en.callFaults
export type WebhookFault = keyof typeof en.webhookFaults

/** A kind of fault, as the panel and docs/sandbox.md describe it. */
export interface Kind<Name> {
  name: Name
  happens: string
  shopShould: string
}

export const CALL_FAULTS: readonly Kind<CallFault>[] = describe(en.callFaults)
export const WEBHOOK_FAULTS: readonly Kind<WebhookFault>[] = describe(en.webhookFaults)

function describe<Name extends string>(words: Record<Name, Omit<Kind<Name>, 'name'>>): Kind<Name>[] {
  return (Object.keys(words) as Name[]).map((name) => ({ name, ...words[name] }))
}
