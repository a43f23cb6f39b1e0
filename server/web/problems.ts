import type { ErrorCode } from '../errors.ts'

export interface Problem {
  status: number
  title: string
  /** For the page that explains it: why this happens, and what to do next */
  explanation: string
  /** Seconds after which trying again makes sense */
  retryAfter?: number
}

/** The one table that knows what an error is in HTTP. The compiler wants every code in it. */
export const problems: Record<ErrorCode, Problem> = {
  'already-yours': {
    status: 409,
    title: 'You have this already',
    explanation:
      'This browser holds the product, so nothing was ordered and nothing is charged. Open the product, or look at your purchases.',
  },
  'amount-unpayable': {
    status: 422,
    title: 'Code does not take this amount',
    explanation:
      'The price is outside of what Code takes at the moment. Nothing was charged. The merchant has to change the price.',
  },
  'body-too-large': {
    status: 413,
    title: 'The request is too large',
    explanation: 'Every route takes only as much as it needs. Nothing was stored.',
  },
  'event-malformed': {
    status: 400,
    title: 'Not a signed event',
    explanation:
      'The webhook takes exactly one compact JWS as Code sends it: three base64url parts, without padding or white space.',
  },
  'event-not-trusted': {
    status: 401,
    title: 'Not signed by Code',
    explanation:
      'The signature is not one of the configured sequencer key, so the event says nothing. Check CODE_PUBLIC_KEY and CODE_MODE.',
  },
  'intent-malformed': {
    status: 400,
    title: 'Not an intent',
    explanation:
      'An intent’s id is the base58 text of 32 bytes. Check that the address was copied completely.',
  },
  'intent-refused': {
    status: 502,
    title: 'Code refused the payment request',
    explanation:
      'Nothing was charged. The merchant finds the reason in the shop’s log; often it is the deposit address.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'The wrong kind of content',
    explanation:
      'The request’s Content-Type or Content-Encoding is not one that this address takes. Compressed bodies are never taken.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The wrong method',
    explanation:
      'This address exists, but not for this HTTP method. The header Allow names those that it takes.',
  },
  'order-not-found': {
    status: 404,
    title: 'No such order in this browser',
    explanation:
      'An order is shown only to the browser that made or redeemed it. Open it there, or use the address that your wallet opened after paying.',
  },
  'page-not-found': {
    status: 404,
    title: 'Nothing here',
    explanation: 'This address leads nowhere. The shop window shows everything that is for sale.',
  },
  'payment-required': {
    status: 402,
    title: 'This is for sale',
    explanation:
      'The file opens in the browser that bought or redeemed it. Its product page shows the price and the way to pay.',
  },
  'product-not-found': {
    status: 404,
    title: 'No such product',
    explanation:
      'It may have been renamed or taken out of the shop. The shop window shows everything that is for sale.',
  },
  'range-unsatisfiable': {
    status: 416,
    title: 'No such part of the file',
    explanation: 'The download was asked to go on behind its end. Start it again.',
  },
  'redemption-spent': {
    status: 410,
    title: 'This link has run out',
    explanation:
      'A link from the wallet works for a day after the payment, and in three browsers besides the one that ordered. Open the order where you bought it.',
  },
  'redemption-unknown': {
    status: 404,
    title: 'This link does not fit',
    explanation:
      'The redemption code does not belong to this order. Check that the address was copied completely.',
  },
  'request-foreign': {
    status: 403,
    title: 'The request comes from elsewhere',
    explanation:
      'What changes something is taken only from the shop’s own pages. If this is the shop’s own page, PUBLIC_URL is not the address in the browser.',
  },
  'request-invalid': {
    status: 400,
    title: 'The request is not understood',
    explanation: 'A field is missing, unknown or of the wrong type. Prices are never taken from a request.',
  },
  'sequencer-down': {
    status: 503,
    title: 'Code does not answer at the moment',
    explanation:
      'Code has failed several times in a row, so it gets a pause. Nothing was charged. What you own stays readable.',
    retryAfter: 10,
  },
  'sequencer-failed': {
    status: 502,
    title: 'Code could not take the payment request',
    explanation: 'The answer of Code was broken or none. Nothing was charged; try again in a moment.',
  },
  'sequencer-silent': {
    status: 504,
    title: 'Code did not answer in time',
    explanation:
      'Nothing was charged. Trying again uses the same payment request, so that nothing can be paid twice.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The shop cannot store anything now',
    explanation:
      'The database is busy, full or gone. Nothing was charged, and nothing that was paid is lost. Try again in a moment.',
    retryAfter: 2,
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation:
      'Orders, redemptions, downloads and looks at an order are limited for each minute, browser and address. Wait for as long as Retry-After says.',
    retryAfter: 60,
  },
  unexpected: {
    status: 500,
    title: 'Something went wrong in the shop',
    explanation:
      'That should not have happened. The merchant finds it in the log under the request’s number.',
  },
}
