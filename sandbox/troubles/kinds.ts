/** What can go wrong on purpose: for people who choose one, and for docs/sandbox.md. */
export interface Kind {
  name: string
  /** What happens */
  happens: string
  /** What a shop should do about it */
  shopShould: string
}

export const CALL_TROUBLES = [
  { name: 'none', happens: 'Calls are answered.', shopShould: 'Sell.' },
  {
    name: 'silent',
    happens: 'Calls are never answered.',
    shopShould:
      'Give up after a few seconds, tell the buyer that nothing was charged, and use the same intent again.',
  },
  {
    name: 'slow',
    happens: 'Calls are answered after two seconds.',
    shopShould: 'Wait, within its own deadline, and let nobody else wait.',
  },
  {
    name: 'http-500',
    happens: 'Calls are answered with HTTP status 500.',
    shopShould: 'Say that nothing was charged; after several in a row, stop asking for a while.',
  },
  {
    name: 'refuse',
    happens:
      'Calls are answered with an ERROR in the envelope and an empty body, which the SDK decodes as OK.',
    shopShould: 'Look at the envelope, and give out no client secret.',
  },
  {
    name: 'broken-bytes',
    happens: 'Calls are answered with bytes that are no message.',
    shopShould: 'Treat it like no answer.',
  },
] as const satisfies readonly Kind[]

export const WEBHOOK_TROUBLES = [
  {
    name: 'none',
    happens: 'Webhooks are sent on Code’s schedule.',
    shopShould: 'Answer 200 once it is stored.',
  },
  {
    name: 'dropped',
    happens: 'No attempt is made, and each counts as failed.',
    shopShould: 'Ask for the status, at the latest when the buyer looks.',
  },
  {
    name: 'delayed',
    happens: 'The first three attempts are not made: the webhook comes 17 seconds late.',
    shopShould: 'Show that it waits, ask for the status, and take the webhook as a duplicate.',
  },
  {
    name: 'twice',
    happens: 'Each attempt is made twice, one after the other.',
    shopShould: 'Answer 200 to both, and pay once.',
  },
  {
    name: 'twice-at-once',
    happens: 'Each attempt is made twice at the same time.',
    shopShould: 'Answer 200 to both, and pay once: let the database decide.',
  },
  {
    name: 'before-success',
    happens: 'The browser hears of the payment only after the first attempt is answered.',
    shopShould: 'Not care: the webhook alone makes the order paid.',
  },
  {
    name: 'wrong-key',
    happens: 'The event is signed with a key that nobody knows.',
    shopShould: 'Answer 401, and pay nothing.',
  },
  {
    name: 'tampered',
    happens: 'The event claims another amount than was signed.',
    shopShould: 'Answer 401, and pay nothing.',
  },
  {
    name: 'redirected',
    happens: 'The webhook arrives as after a redirect with status 302: as a GET without a body.',
    shopShould: 'Answer 405. A 200 would count as delivered, and the event would be lost.',
  },
] as const satisfies readonly Kind[]

export type CallTrouble = (typeof CALL_TROUBLES)[number]['name']
export type WebhookTrouble = (typeof WEBHOOK_TROUBLES)[number]['name']
