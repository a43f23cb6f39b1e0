import { type Detail, en } from './texts/index.ts'

/** Everything that can go wrong by design. What each is in HTTP is in web/problems.ts, and its words are in texts/. */
export type ErrorCode =
  | 'access-ended'
  | 'already-yours'
  | 'amount-unpayable'
  | 'body-too-large'
  | 'cookies-blocked'
  | 'coupon-unusable'
  | 'desk-link-spent'
  | 'event-closed'
  | 'event-malformed'
  | 'event-not-trusted'
  | 'file-changed'
  | 'form-spent'
  | 'call-differs'
  | 'calls-needed'
  | 'intent-malformed'
  | 'intent-refused'
  | 'media-type-unsupported'
  | 'key-differs'
  | 'key-unknown'
  | 'method-not-allowed'
  | 'metrics-closed'
  | 'no-longer-free'
  | 'nothing-to-pay'
  | 'order-changed'
  | 'order-not-found'
  | 'page-not-found'
  | 'payment-required'
  | 'payment-unproven'
  | 'product-not-found'
  | 'product-unavailable'
  | 'product-withdrawn'
  | 'range-unsatisfiable'
  | 'redemption-spent'
  | 'redemption-unknown'
  | 'refund-too-large'
  | 'request-foreign'
  | 'request-invalid'
  | 'sequencer-down'
  | 'sequencer-failed'
  | 'sequencer-silent'
  | 'shop-busy'
  | 'sign-in-required'
  | 'storage-unavailable'
  | 'token-wrong'
  | 'too-many-requests'
  | 'unexpected'

interface ShopErrorOptions extends ErrorOptions {
  /** What the answer tells programs besides the words (RFC 9457, section 3.2) */
  members?: object
  /** Headers of the answer */
  headers?: Record<string, string>
}

/** An error with a closed code. `detail` is for the caller: what was wrong, and what would be right. Logs have it in English. */
export class ShopError extends Error {
  override readonly name = 'ShopError'
  readonly code: ErrorCode
  readonly detail: Detail
  readonly members: object | undefined
  readonly headers: Record<string, string> | undefined
  /** Whether the log has it already, perhaps as one of many */
  isLogged = false

  constructor(code: ErrorCode, detail: Detail, options?: ShopErrorOptions) {
    super(detail(en.errors), options)
    this.code = code
    this.detail = detail
    this.members = options?.members
    this.headers = options?.headers
  }
}
