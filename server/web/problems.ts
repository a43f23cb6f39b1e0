import type { ErrorCode } from '../errors.ts'
import { en, type Texts } from '../texts/index.ts'

/** What an error code means in HTTP and in words; RFC 9457 calls it a problem type. */
export interface ProblemType {
  status: number
  /** A headline, without a full stop */
  title: string
  /** Why this happens, and what to do next: sentences that a buyer understands without the title */
  explanation: string
  /** Seconds after which trying again makes sense */
  retryAfter?: number
  /** The words are English on a page in another language, so it has to say that */
  isEnglish: boolean
}

/** The only place that knows which HTTP status an error has. */
const statuses: Record<ErrorCode, Pick<ProblemType, 'status' | 'retryAfter'>> = {
  'access-ended': { status: 410 },
  'already-yours': { status: 409 },
  'amount-unpayable': { status: 422 },
  'body-too-large': { status: 413 },
  'call-differs': { status: 422 },
  'calls-needed': { status: 402 },
  'cookies-blocked': { status: 403 },
  'coupon-unusable': { status: 422 },
  'desk-link-spent': { status: 410 },
  'event-closed': { status: 409 },
  'event-malformed': { status: 400 },
  'event-not-trusted': { status: 401 },
  'file-changed': { status: 412 },
  'form-spent': { status: 409 },
  'intent-malformed': { status: 400 },
  'intent-refused': { status: 502 },
  'key-differs': { status: 409 },
  'key-unknown': { status: 401 },
  'media-type-unsupported': { status: 415 },
  'method-not-allowed': { status: 405 },
  'metrics-closed': { status: 401 },
  'no-longer-free': { status: 422 },
  'nothing-to-pay': { status: 422 },
  'order-changed': { status: 409 },
  'order-not-found': { status: 404 },
  'page-not-found': { status: 404 },
  'payment-required': { status: 402 },
  'payment-unproven': { status: 409 },
  'product-not-found': { status: 404 },
  'product-unavailable': { status: 503, retryAfter: 60 },
  'product-withdrawn': { status: 410 },
  'range-unsatisfiable': { status: 416 },
  'redemption-spent': { status: 410 },
  'redemption-unknown': { status: 404 },
  'refund-too-large': { status: 409 },
  'request-foreign': { status: 403 },
  'request-invalid': { status: 400 },
  'sequencer-down': { status: 503, retryAfter: 10 },
  'sequencer-failed': { status: 502, retryAfter: 5 },
  'sequencer-silent': { status: 504, retryAfter: 5 },
  'shop-busy': { status: 503, retryAfter: 5 },
  'sign-in-required': { status: 401 },
  'storage-unavailable': { status: 503, retryAfter: 2 },
  'token-wrong': { status: 401 },
  'too-many-requests': { status: 429, retryAfter: 60 },
  unexpected: { status: 500 },
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(statuses, code)
}

/** Returns what a code means, in the words of a language. The compiler requires a status and words for every code. */
export function problemIn(code: ErrorCode, { problems }: Texts): ProblemType {
  const words: Record<ErrorCode, Pick<ProblemType, 'title' | 'explanation'>> = problems
  return {
    ...statuses[code],
    ...words[code],
    isEnglish: problems !== en.problems && words[code] === en.problems[code],
  }
}
