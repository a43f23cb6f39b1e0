/** A kind of fault, as the panel and docs/sandbox.md describe it. */
export interface Kind {
  name: string
  happens: string
  shopShould: string
}

export const CALL_FAULTS = [
  { name: 'none', happens: 'Calls are answered normally.', shopShould: 'Sell.' },
  {
    name: 'silent',
    happens: 'Calls are never answered.',
    shopShould:
      'Give up after a few seconds, tell the buyer that they have not been charged, and reuse the intent next time.',
  },
  {
    name: 'slow',
    happens: 'Calls are answered after two seconds.',
    shopShould: 'Wait until its own deadline, without making other buyers wait.',
  },
  {
    name: 'http-500',
    happens: 'Calls are answered with HTTP status 500.',
    shopShould:
      'Tell the buyer that they have not been charged. After several failures in a row, pause before calling again.',
  },
  {
    name: 'refuse',
    happens:
      'Calls are answered with an ERROR in the envelope and an empty body, which the SDK decodes as OK, or with status 400 as JSON.',
    shopShould: 'Check the envelope, and hand out no client secret.',
  },
  {
    name: 'broken-bytes',
    happens: 'Calls are answered with bytes that are not a valid message.',
    shopShould: 'Treat it like no answer.',
  },
] as const satisfies readonly Kind[]

export const WEBHOOK_FAULTS = [
  {
    name: 'none',
    happens: 'Webhooks are sent on Code’s schedule.',
    shopShould: 'Answer 200 once the event is stored.',
  },
  {
    name: 'dropped',
    happens: 'No attempt is sent, and each counts as failed.',
    shopShould: 'Poll the status, at the latest when the buyer opens the success page.',
  },
  {
    name: 'delayed',
    happens: 'The first three attempts are not sent, so the webhook arrives 17 seconds late.',
    shopShould: 'Show that it is waiting, poll the status, and treat the webhook as a duplicate.',
  },
  {
    name: 'twice',
    happens: 'Each attempt is sent twice, one after the other.',
    shopShould: 'Answer 200 to both, and settle once.',
  },
  {
    name: 'twice-at-once',
    happens: 'Each attempt is sent twice at the same time.',
    shopShould: 'Answer 200 to both, and settle once: let the database decide.',
  },
  {
    name: 'before-success',
    happens: 'The browser learns of the payment only after the first attempt has been answered.',
    shopShould: 'Settle by the webhook alone, whatever the browser reports.',
  },
  {
    name: 'wrong-key',
    happens: 'The event is signed with an unknown key.',
    shopShould: 'Answer 401, and settle nothing.',
  },
  {
    name: 'tampered',
    happens: 'The event claims a different amount from the one that was signed.',
    shopShould: 'Answer 401, and settle nothing.',
  },
  {
    name: 'redirected',
    happens: 'The webhook arrives as it would after a 302 redirect: as a GET without a body.',
    shopShould: 'Answer 405. A 200 would count as delivered, and the event would be lost.',
  },
] as const satisfies readonly Kind[]

export type CallFault = (typeof CALL_FAULTS)[number]['name']
export type WebhookFault = (typeof WEBHOOK_FAULTS)[number]['name']
