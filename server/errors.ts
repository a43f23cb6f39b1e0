/** Everything that can go wrong by design. What each is in HTTP stands in web/problems.ts, and nowhere else. */
export type ErrorCode =
  | 'already-yours'
  | 'amount-unpayable'
  | 'body-too-large'
  | 'cookies-blocked'
  | 'event-malformed'
  | 'event-not-trusted'
  | 'file-changed'
  | 'intent-malformed'
  | 'intent-refused'
  | 'media-type-unsupported'
  | 'method-not-allowed'
  | 'order-not-found'
  | 'page-not-found'
  | 'payment-required'
  | 'product-not-found'
  | 'range-unsatisfiable'
  | 'redemption-spent'
  | 'redemption-unknown'
  | 'request-foreign'
  | 'request-invalid'
  | 'sequencer-down'
  | 'sequencer-failed'
  | 'sequencer-silent'
  | 'storage-unavailable'
  | 'too-many-requests'
  | 'unexpected'

/** An error with a closed code. `message` is for the caller: what was wrong, and what would be right. */
export class ShopError extends Error {
  override readonly name = 'ShopError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
