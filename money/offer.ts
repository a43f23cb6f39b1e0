/** A partner's part of a payment, in hundredths of a percent. `destination` is a token account, base58. */
export interface Fee {
  destination: string
  basisPoints: number
}

/**
 * What POST /create-intent answers, and all that a program or a page needs to let the buyer pay. `amount` counts hundredths
 * of `currency`, for programs that know it by that name; `id` is the intent's; the success URL works in any browser.
 */
export interface Offer {
  id: string
  clientSecret: string
  amount: number
  currency: string
  destination: string
  /** What partners get of the amount; undefined for nothing */
  fees?: Fee[]
  successUrl: string
}
