import type { ErrorCode } from '../errors.ts'

/** What an error code means in HTTP and in words; RFC 9457 calls it a problem type. */
export interface ProblemType {
  status: number
  /** A headline, without a full stop */
  title: string
  /** Why this happens, and what to do next: sentences that a buyer understands without the title */
  explanation: string
  /** Seconds after which trying again makes sense */
  retryAfter?: number
}

/** The only place that knows which HTTP status an error has. The compiler requires every code. */
export const problems: Record<ErrorCode, ProblemType> = {
  'already-yours': {
    status: 409,
    title: 'You already own this',
    explanation: 'This browser already has the product. Open its page, or see My purchases.',
  },
  'amount-unpayable': {
    status: 422,
    title: 'Code doesn’t accept this price',
    explanation:
      'The price is currently outside the limits that Code sets. Try again later, or contact the merchant, who can change the price.',
  },
  'body-too-large': {
    status: 413,
    title: 'The request is too large',
    explanation: 'Each address accepts only as much data as it needs. Nothing was stored.',
  },
  'cookies-blocked': {
    status: 403,
    title: 'This browser keeps no cookies',
    explanation:
      'This browser keeps no cookies, so it couldn’t keep what you buy. Nothing has changed: you haven’t been charged, and a link from your wallet still works. Allow cookies for this shop and reload its page, or open it in another browser.',
  },
  'event-malformed': {
    status: 400,
    title: 'Not a signed event',
    explanation:
      'The webhook accepts exactly one compact JWS, as Code sends it: three base64url parts, without padding or white space.',
  },
  'event-not-trusted': {
    status: 401,
    title: 'Not signed by Code',
    explanation:
      'The signature doesn’t match any configured key, so the event was rejected. Check CODE_PUBLIC_KEY and CODE_MODE.',
  },
  'file-changed': {
    status: 412,
    title: 'The file has changed',
    explanation:
      'The download was interrupted, and the file has changed since. Restart the download to get the current version.',
  },
  'intent-malformed': {
    status: 400,
    title: 'Not a valid order number',
    explanation:
      'An order is identified by its own number or by the id of its intent, which is 32 bytes in base58. Check that you copied the whole address.',
  },
  'intent-refused': {
    status: 502,
    title: 'Code rejected the payment request',
    explanation:
      'Code rejected the payment request. Try again in a moment. If the problem persists, please contact the merchant, who finds the reason in the shop’s log; often it is the deposit address.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'Unsupported content type',
    explanation:
      'This address doesn’t accept the Content-Type or Content-Encoding of the request. Compressed bodies are never accepted.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    explanation:
      'This address exists but doesn’t support the HTTP method. The Allow header lists the methods that it supports.',
  },
  'order-not-found': {
    status: 404,
    title: 'No such order in this browser',
    explanation:
      'An order is shown only in a browser that placed or redeemed it. Open it there, or use the address that your wallet opened after you paid.',
  },
  'page-not-found': {
    status: 404,
    title: 'Page not found',
    explanation: 'This address leads nowhere. The storefront shows everything that is for sale.',
  },
  'payment-required': {
    status: 402,
    title: 'This is for sale',
    explanation:
      'The file opens in a browser that has bought or redeemed it. The product’s page shows the price and how to pay.',
  },
  'product-not-found': {
    status: 404,
    title: 'This product is not for sale',
    explanation:
      'The product may have been renamed or withdrawn from sale. The storefront shows everything that is for sale.',
  },
  'range-unsatisfiable': {
    status: 416,
    title: 'No such part of the file',
    explanation: 'The requested range starts beyond the end of the file. Restart the download.',
  },
  'redemption-spent': {
    status: 410,
    title: 'This link has expired',
    explanation:
      'A link from a wallet works for one day after the payment, and in three browsers besides the one you ordered in. Open your purchase in a browser that already has it.',
  },
  'redemption-unknown': {
    status: 404,
    title: 'This link is not valid',
    explanation: 'The redemption code doesn’t belong to this order. Check that you copied the whole address.',
  },
  'request-foreign': {
    status: 403,
    title: 'The request came from another site',
    explanation:
      'The shop accepts orders and redemptions only from its own pages. Open the shop at its own address and try again. If this is that address, the merchant should check PUBLIC_URL.',
  },
  'request-invalid': {
    status: 400,
    title: 'The request is invalid',
    explanation:
      'A field is missing, unknown or of the wrong type. Prices are never taken from a request, except for an amount that the buyer may choose.',
  },
  'sequencer-down': {
    status: 503,
    title: 'Code is not responding',
    explanation:
      'Code has failed several times in a row, so the shop is waiting a few seconds before trying again. Your purchases are still available.',
    retryAfter: 10,
  },
  'sequencer-failed': {
    status: 502,
    title: 'Code couldn’t process the payment request',
    explanation:
      'Code sent an invalid response, or none at all. Try again in a moment. If the problem persists, please contact the merchant.',
  },
  'sequencer-silent': {
    status: 504,
    title: 'Code did not respond in time',
    explanation:
      'Code did not respond in time. Try again: the shop reuses the same payment request, so you can’t be charged twice.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The shop is temporarily unavailable',
    explanation:
      'The shop’s database is busy, full or unreachable. Payments that were already made are not lost.',
    retryAfter: 2,
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation: 'There were too many requests from this browser or IP address in the last minute.',
    retryAfter: 60,
  },
  unexpected: {
    status: 500,
    title: 'Something went wrong in the shop',
    explanation:
      'Something unexpected went wrong in the shop. Try again in a moment. If the problem persists, please contact the merchant, who can find it in the log by its reference.',
  },
}
